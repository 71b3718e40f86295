import Datasets
import FoundationEssentials
import Networks

/// `run.json`: what a person or a program wants to know of a run without reading its files.
public struct RunRecord: Codable, Sendable {
  /// How a run stands.
  public enum Status: String, Codable, Sendable {
    /// A process is at work on it, or was killed.
    case running
    /// All its steps are done.
    case complete
    /// It was asked to stop and left a checkpoint.
    case stopped
    /// A value was no longer finite.
    case diverged
    /// A file could not be written.
    case failed
  }

  /// The data a run learns from.
  public struct Data: Codable, Sendable {
    /// The dataset's name.
    public let name: String
    /// SHA-256 of its values.
    public let digest: String
    /// Where it was found.
    public let origin: String
    /// The number of samples.
    public let count: Int
    /// What the data were like when the run began; nil in records of earlier versions.
    public let survey: Survey?
    /// The folder of the spec, against which it names data.
    public let specFolder: String?

    private enum CodingKeys: String, CodingKey {
      case name, digest, origin, count, survey
      case specFolder = "spec_folder"
    }
  }

  /// One time that a process worked on the run.
  public struct Session: Codable, Sendable {
    /// When it began, in UTC.
    public var started: String
    /// When it ended, in UTC; nil while it works, or where it was killed.
    public var ended: String?
    /// The step it began after.
    public var fromStep: Int
    /// What it ran on.
    public var machine: Machine
    /// The threads it used.
    public var threads: Int
    /// The process's number.
    public var pid: Int32
    /// The program's version.
    public var version: String

    private enum CodingKeys: String, CodingKey {
      case started, ended, machine, threads, pid, version
      case fromStep = "from_step"
    }
  }

  /// The experiment's name.
  public var name: String
  /// How the run stands.
  public var status: Status
  /// Why it ended, in words.
  public var reason: String?
  /// The seed.
  public var seed: UInt64
  /// Steps done, as of the last checkpoint or the end.
  public var step: Int
  /// Steps to do.
  public var steps: Int
  /// The epoch of `step`.
  public var epoch: Int
  /// The data.
  public var data: Data
  /// SHA-256 of spec.yaml.
  public var specDigest: String
  /// The processes that worked on it, in order.
  public var sessions: [Session]
  /// The columns of metrics.csv, with what they mean; nil in records of earlier versions.
  public var columns: [Column]?

  private enum CodingKeys: String, CodingKey {
    case name, status, reason, seed, step, steps, epoch, data, sessions, columns
    case specDigest = "spec_digest"
  }

  /// Writes the record durably.
  func write(to path: String) throws(FileError) {
    try DurableFile.replace(path, with: JSON.bytes(self))
  }

  /// Reads a run's record.
  public init(path: String) throws(FileError) {
    let bytes = try DurableFile.read(path)
    do {
      self = try JSONDecoder().decode(RunRecord.self, from: RawData(bytes))
    } catch {
      throw FileError(path: path, damaged: "it is not the record of a run")
    }
  }

  init(
    name: String, seed: UInt64, steps: Int, data: Data, specDigest: String
  ) {
    self.name = name
    status = .running
    self.seed = seed
    step = 0
    self.steps = steps
    epoch = 0
    self.data = data
    self.specDigest = specDigest
    sessions = []
  }
}

private typealias RawData = FoundationEssentials.Data

/// JSON as files and `--json` show it: sorted keys, indented.
public enum JSON {
  /// A value's JSON with a newline at its end.
  public static func bytes(_ value: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let data = try? encoder.encode(value) else { preconditionFailure("a value that JSON cannot hold") }
    return [UInt8](data) + [UInt8(ascii: "\n")]
  }

  /// A value's JSON as text.
  public static func text(_ value: some Encodable) -> String { String(decoding: bytes(value), as: UTF8.self) }
}

/// Times for the record and the log; nothing that is computed depends on them.
enum Now {
  /// The time in UTC, `2026-01-31T12:00:00Z`.
  static var text: String { Date().formatted(.iso8601) }

  /// The seconds between two times of this form; nil where one is none.
  static func seconds(from start: String, to end: String) -> Double? {
    guard let start = try? Date(start, strategy: .iso8601), let end = try? Date(end, strategy: .iso8601) else {
      return nil
    }
    return end.timeIntervalSince(start)
  }
}
