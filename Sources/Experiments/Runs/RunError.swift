import Compute
import Datasets
import YAML

/// Why a command ended without doing its work, as a person should read it.
public struct RunError: Error, Sendable {
  /// What went wrong.
  public let message: String
  /// How to mend it.
  public let remedy: String?
  /// The process's exit code (sysexits.h; 3 for divergence).
  public let exitCode: Int32
  /// Mistakes in a spec, shown in place of the message.
  public let diagnostics: [Diagnostic]
  /// How many more mistakes were only counted.
  public let omittedCount: Int

  /// An error with its exit code.
  public init(_ message: String, remedy: String? = nil, exitCode: Int32) {
    self.message = message
    self.remedy = remedy
    self.exitCode = exitCode
    diagnostics = []
    omittedCount = 0
  }

  /// Mistakes in a spec: exit code 65.
  public init(_ diagnostics: Diagnostics) {
    message = "the spec has mistakes"
    remedy = nil
    exitCode = 65
    self.diagnostics = diagnostics.all
    omittedCount = diagnostics.omittedCount
  }

  /// A file that could not be read or written.
  public init(_ error: FileError) { self.init(error.message, remedy: error.remedy, exitCode: error.exitCode) }

  /// Data that are missing or damaged.
  public init(_ error: DataError) { self.init(error.message, remedy: error.remedy, exitCode: error.exitCode) }

  /// Memory that the system refused.
  public init(_ error: PlanError) {
    switch error {
    case .outOfMemory(let bytes):
      self.init(
        "the system refused \(ByteCount.text(bytes)) of memory", remedy: "use fewer units or a smaller batch_size",
        exitCode: 65)
    case .outOfAddressSpace(let bytes, let threads):
      self.init(
        "the limit of the address space (ulimit -v) leaves no room for the \(ByteCount.text(bytes)) that "
          + "\(threads == 1 ? "a thread takes" : "\(threads) threads take")",
        remedy: "raise it (ulimit -v unlimited)" + (threads > 1 ? ", or use fewer --threads" : ""), exitCode: 65)
    }
  }
}

/// Numbers of bytes as people read them.
public enum ByteCount {
  /// `1.4 GiB`, `23 MiB`, `512 B`.
  public static func text(_ bytes: Int) -> String {
    let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
    var value = Double(bytes)
    var unit = 0
    while value >= 1024, unit < units.count - 1 {
      value /= 1024
      unit += 1
    }
    return unit == 0 ? "\(bytes) B" : "\(Decimals.text(value, value < 10 ? 1 : 0)) \(units[unit])"
  }
}

/// Numbers with a fixed count of decimals.
public enum Decimals {
  /// `value` with `places` decimals, rounded half away from zero.
  public static func text(_ value: Double, _ places: Int) -> String {
    guard value.isFinite else { return "\(value)" }
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let scaled = (value.magnitude * scale).rounded()
    guard scaled < 9e15 else { return "\(value)" }
    let whole = Int(scaled)
    let sign = value < 0 && whole > 0 ? "-" : ""
    if places == 0 { return "\(sign)\(whole)" }
    let digits = String(whole)
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    return "\(sign)\(padded.dropLast(places)).\(padded.suffix(places))"
  }
}
