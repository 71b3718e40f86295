import Files
import FoundationEssentials
import Runs
import Specs
import Training

/// A run as one of an experiment on a tracking server of MLflow: settings, metrics, files.
package enum TrackingExport {
  private struct Named: Encodable { let name: String }
  private struct Created: Decodable { let experimentId: String }
  private struct Found: Decodable {
    struct Experiment: Decodable { let experimentId: String }
    let experiment: Experiment
  }
  private struct Pair: Encodable {
    let key: String
    let value: String
  }
  private struct Point: Encodable {
    let key: String
    let value: Double
    let timestamp: Int
    let step: Int
  }
  private struct Beginning: Encodable {
    let experimentId: String
    let runName: String
    let startTime: Int
    let tags: [Pair]
  }
  private struct Run: Decodable {
    struct Info: Decodable {
      let runId: String
      let artifactUri: String?
    }
    struct Body: Decodable { let info: Info }
    let run: Body
  }
  private struct Batch: Encodable {
    let runId: String
    var metrics: [Point] = []
    var params: [Pair] = []
  }
  private struct Nothing: Decodable {}
  private struct Update: Encodable {
    let runId: String
    let status: String
    let endTime: Int?
  }
  private struct Ended: Decodable {}

  /// What MLflow takes at a time.
  private static let (mostPoints, mostPairs, longestValue) = (1000, 100, 6000)

  /// Sends a run.
  /// - Returns: the address of its page.
  /// - Throws: `RunError` where the folder is no run's (66) or damaged (65), or the server refuses (69).
  package static func send(_ folder: RunFolder, to address: String, notes: (String) -> Void) throws(RunError) -> String
  {
    do {
      try folder.requireRun()
      let record = try RunRecord(path: folder.record)
      let spec = String(decoding: try DurableFile.read(folder.resolved), as: UTF8.self)
      let resolved = ResolvedSpec.parse(spec, name: folder.resolved) ?? .map([])
      let server = TrackingServer(address)
      let experiment = try identifier(of: record.name, server)
      let start = milliseconds(record.sessions.first?.started) ?? 0
      let run: Run = try server.ask(
        "runs/create",
        Beginning(
          experimentId: experiment, runName: folder.path.split(separator: "/").suffix(2).joined(separator: "/"),
          startTime: start,
          tags: [
            Pair(key: "mlflow.source.name", value: "gan-exp"), Pair(key: "gan_exp.version", value: Version.current),
            Pair(key: "gan_exp.data_sha256", value: record.data.digest),
          ]))
      let identifier = run.run.info.runId
      do {
        try fill(identifier, run.run.info.artifactUri, folder, resolved, start, server, notes)
      } catch {
        // It would seem to be at work for ever.
        let _: Ended? = try? server.ask(
          "runs/update", Update(runId: identifier, status: "FAILED", endTime: milliseconds(Now.text)))
        throw error
      }
      let _: Ended = try server.ask(
        "runs/update",
        Update(
          runId: identifier, status: status(of: record), endTime: milliseconds(record.sessions.last?.ended)))
      return "\(server.address)/#/experiments/\(experiment)/runs/\(identifier)"
    } catch { throw RunError(of: error) }
  }

  /// Sends settings, metrics and files of a run that the server has begun.
  private static func fill(
    _ identifier: String, _ place: String?, _ folder: RunFolder, _ resolved: Node, _ start: Int,
    _ server: TrackingServer, _ notes: (String) -> Void
  ) throws {
    for pairs in parts(settings(of: resolved), of: mostPairs) {
      let _: Nothing = try server.ask("runs/log-batch", Batch(runId: identifier, params: pairs))
    }
    let points =
      try points(in: folder.metrics, "metrics", start) + points(in: folder.evaluation, "evaluation", start)
    for points in parts(points, of: mostPoints) {
      let _: Nothing = try server.ask("runs/log-batch", Batch(runId: identifier, metrics: points))
    }
    try store(folder, place, server, notes)
  }

  private static func identifier(of name: String, _ server: TrackingServer) throws(RunError) -> String {
    // Names of experiments have letters, digits, dots and dashes.
    let found: Found? = try server.find("experiments/get-by-name?experiment_name=\(name)")
    if let found { return found.experiment.experimentId }
    let created: Created = try server.ask("experiments/create", Named(name: name))
    return created.experimentId
  }

  private static func status(of record: RunRecord) -> String {
    switch record.status {
    case .running: "RUNNING"
    case .complete: "FINISHED"
    case .stopped: "KILLED"
    case .diverged, .failed: "FAILED"
    }
  }

  /// The values of a spec by their paths in letters that MLflow takes: `generator.0.dense.units`.
  private static func settings(of resolved: Node) -> [Pair] {
    ResolvedSpec.differences([resolved, .map([])]).compactMap { difference in
      guard let value = difference.values[0], value != "null" else { return nil }
      let key = difference.key.replacing("[", with: ".").replacing("]", with: "")
      return Pair(key: key, value: String(value.prefix(longestValue)))
    }
  }

  private static func points(in path: String, _ group: String, _ start: Int) throws(FileError) -> [Point] {
    guard try FileKind.of(path) == .file else { return [] }
    let table = try CSVTable(path: path)
    guard let steps = table.numbers("step") else { return [] }
    return zip(table.rows, steps).flatMap { row, step in
      zip(table.columns, row).compactMap { column, cell in
        guard !["step", "epoch"].contains(column), let step, let value = Double(cell) else { return nil }
        // Names there have no @.
        return Point(
          key: "\(group)/\(column.replacing("@", with: "/"))", value: value, timestamp: start, step: Int(step))
      }
    }
  }

  private static func parts<Element>(_ elements: [Element], of count: Int) -> [[Element]] {
    stride(from: 0, to: elements.count, by: count).map { Array(elements[$0..<min($0 + count, elements.count)]) }
  }

  /// The files that people look at, where the server takes files.
  private static func store(
    _ folder: RunFolder, _ place: String?, _ server: TrackingServer, _ notes: (String) -> Void
  ) throws {
    let scheme = "mlflow-artifacts:/"
    guard let place, place.hasPrefix(scheme) else {
      return notes(
        "the server keeps files at \(place ?? "no place"), where only its own clients put them: none is sent")
    }
    let root = String(place.dropFirst(scheme.count).drop { $0 == "/" })
    let sheets = try folder.sheetSteps().map { folder.sheet($0) }
    let files = [
      folder.spec, folder.resolved, folder.record, folder.metrics, folder.evaluation, folder.counts, folder.verdict,
      folder.verdictCounts, folder.neighbours,
    ]
    for path in files + sheets where try FileKind.of(path) == .file {
      try server.store(DurableFile.read(path), at: root + path.dropFirst(folder.path.count))
    }
  }

  /// A time of a record, `2026-01-31T12:00:00Z`, in milliseconds since 1970; nil where there is none.
  static func milliseconds(_ text: String?) -> Int? {
    guard let text,
      let parts = text.wholeMatch(of: #/(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z/#)
    else { return nil }
    let numbers = [parts.1, parts.2, parts.3, parts.4, parts.5, parts.6].compactMap { Int($0) }
    // Days since 1 March of the year 0, of which years end with February.
    let (month, year) = ((numbers[1] + 9) % 12, numbers[0] - (numbers[1] < 3 ? 1 : 0))
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (306 * month + 5) / 10 + numbers[2] - 1 - 719_468
    return 1000 * (((days * 24 + numbers[3]) * 60 + numbers[4]) * 60 + numbers[5])
  }
}
