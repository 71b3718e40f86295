import Foundation

/// The files of a run that must be the same bytes however it came about: metrics, evaluations, verdict, sheets and checkpoints.
struct Evidence: Sendable {
  private let files: [String: [UInt8]]

  /// Reads a run's folder.
  init(_ run: String) throws {
    var files: [String: [UInt8]] = [:]
    let names = ["samples", "checkpoints"].flatMap { folder in
      Bytes.names("\(run)/\(folder)").filter { !$0.hasPrefix(".") }.map { "\(folder)/\($0)" }
    }
    let tables = ["metrics.csv", "evaluation.csv", "counts.csv", "health.csv", "verdict.csv", "verdict_counts.csv"]
    for name in tables + names { files[name] = try? Bytes.read("\(run)/\(name)") }
    self.files = files
  }

  /// Says in what another run differs from this one.
  func differences(_ other: Evidence, without exempt: Set<String> = []) -> [String] {
    Set(files.keys).union(other.files.keys).sorted().compactMap { name in
      guard !exempt.contains(name), files[name] != other.files[name] else { return nil }
      // A whole checkpoint that a torn metrics.csv no longer went with is kept.
      if name.hasSuffix(".aside"), files[String(name.dropLast(6))] ?? other.files[name] == other.files[name] {
        return nil
      }
      if files[name] == nil { return "\(name) should not be there" }
      return other.files[name] == nil ? "\(name) is missing" : "\(name) has other bytes"
    }
  }
}

/// What a run's record says that the torture asks for; nothing of it where run.json cannot be read.
struct Record: Sendable {
  let status: String?
  let step: Int?
  /// The steps after which its sessions began.
  let beginnings: [Int]

  /// Reads a run's record.
  init(_ run: String) {
    let data = (try? Bytes.read(run + "/run.json")).map { Data($0) }
    let json = data.flatMap { try? JSONSerialization.jsonObject(with: $0) } as? [String: Any]
    status = json?["status"] as? String
    step = json?["step"] as? Int
    beginnings = (json?["sessions"] as? [[String: Any]] ?? []).compactMap { $0["from_step"] as? Int }
  }
}
