/// Why the samples of a dataset could not be had, and what to do about it.
public struct DataError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The kinds of failure.
  public enum Kind: Sendable {
    /// Nowhere is there a file with the data.
    case missing
    /// There is a file, but the system does not let it be read.
    case unreadable
    /// The file was read, but it is not what it should be.
    case damaged
  }

  /// What kind of failure it is.
  public let kind: Kind
  /// What happened; more than one line when places are listed.
  public let message: String
  /// What the user can do about it, as a clause without a full stop.
  public let remedy: String

  init(_ kind: Kind, _ message: String, remedy: String) {
    self.kind = kind
    self.message = message
    self.remedy = remedy
  }

  /// The exit code that says the same in the terms of `sysexits.h`: 65 for damaged data, 66 for missing input.
  public var exitCode: Int32 { kind == .damaged ? 65 : 66 }

  /// The message and the remedy.
  public var description: String { "\(message); \(remedy)" }
}
