import Datasets
import Networks

/// What there is to say of a run in one line.
public struct RunSummary: Codable, Sendable {
  /// The run's folder.
  public let path: String
  /// The experiment's name.
  public let name: String
  /// `running`, `complete`, `stopped`, `diverged`, `failed`, or `killed` when no process is at work on it although it
  /// was never ended.
  public let status: String
  /// Why it ended.
  public let reason: String?
  /// Epochs done.
  public let epoch: Int
  /// Steps done.
  public let step: Int
  /// Steps to do.
  public let steps: Int
  /// The seed.
  public let seed: UInt64
  /// The name of the loss; nil where the resolved spec does not say.
  public let loss: String?
  /// When it began, in UTC.
  public let started: String?
  /// Seconds in which processes were at work on it; nil where no record says.
  public let seconds: Double?
  /// How often a process began to work on it.
  public let sessions: Int
  /// The data it learns from.
  public let data: RunRecord.Data
  /// What it last ran on.
  public let machine: Machine?
  /// The threads it last used.
  public let threads: Int?
  /// The version of the program that last worked on it.
  public let version: String?
  /// The command that began it, as words of a shell; nil in records of earlier versions.
  public let command: String?
  /// What `--set` and the like changed in its spec; nil in records of earlier versions.
  public let overrides: [String]?
  /// The metrics of the last row of metrics.csv.
  public let last: [String: Double]
  /// The columns of metrics.csv; none where it cannot be read.
  package private(set) var columns: [Column] = []
  /// Why there are no metrics, where metrics.csv cannot be read.
  public let problem: String?
  /// What else a person should know: a checkpoint that is gone, another core type.
  public let remarks: [String]

  /// What is wrong with its files and what else a person should know, a line each.
  public var problems: [String] { (problem.map { [$0] } ?? []) + remarks }

  private enum CodingKeys: String, CodingKey {
    case path, name, status, reason, epoch, step, steps, seed, loss, started, seconds, sessions, data, machine, threads
    case version, command, overrides, last, problem, remarks
  }

  /// Looks at a run's folder.
  public init(_ folder: RunFolder) throws(FileError) {
    let record = try RunRecord(path: folder.record)
    path = folder.path
    name = record.name
    seed = record.seed
    reason = record.reason
    steps = record.steps
    data = record.data
    sessions = record.sessions.count
    started = record.sessions.first?.started
    machine = record.sessions.last?.machine
    threads = record.sessions.last?.threads
    version = record.sessions.last?.version
    command = record.command.map { $0.map(ShellText.quoted).joined(separator: " ") }
    overrides = record.overrides
    loss = RunSummary.loss(folder)
    var values: [String: Double] = [:]
    var problem: String?
    do throws(FileError) {
      let table = try CSVTable(path: folder.metrics)
      columns = Column.named(table.columns, recorded: record.columns ?? [])
      for (column, text) in zip(table.columns, table.rows.last ?? []) { values[column] = Double(text) }
    } catch {
      // A run that was killed at once has none yet.
      if record.step > 0 || error.cause != .notFound { problem = error.message }
    }
    last = values
    self.problem = problem
    remarks = try record.remarks(on: folder)
    func whole(_ column: Column) -> Int { values[column.name].flatMap { Int(exactly: $0) } ?? 0 }
    step = max(record.step, whole(.step))
    epoch = max(record.epoch, whole(.epoch))
    let isWorking = record.status == .running ? try FolderLock.isHeld(folder.path) : false
    status = record.status == .running && !isWorking ? "killed" : record.status.rawValue
    seconds = RunSummary.seconds(record, isWorking: isWorking, timing: folder.timing)
  }

  /// The name of the loss in a run's resolved spec.
  private static func loss(_ folder: RunFolder) -> String? {
    guard let bytes = try? DurableFile.read(folder.resolved),
      let spec = ResolvedSpec.parse(String(decoding: bytes, as: UTF8.self), name: folder.resolved)
    else { return nil }
    return spec["loss"]?.pairs?.first?.key.text ?? spec["loss"]?.text
  }

  /// The sum of the sessions' lengths; of one that was killed, what timing.csv has of it.
  private static func seconds(_ record: RunRecord, isWorking: Bool, timing: String) -> Double? {
    var total: Double?
    for (index, session) in record.sessions.enumerated() {
      let isLast = index == record.sessions.count - 1
      let length: Double?
      if let seconds = session.seconds, !(isLast && isWorking) {
        length = seconds
      } else if let end = session.ended ?? (isLast && isWorking ? Now.text : nil) {
        length = Now.seconds(from: session.started, to: end)
      } else {
        let laps = try? CSVTable(path: timing)
        let rows = zip(laps?.numbers("session") ?? [], laps?.numbers("seconds") ?? [])
        length = rows.filter { $0.0 == Double(index + 1) }.compactMap(\.1).reduce(0, +)
      }
      if let length { total = (total ?? 0) + length }
    }
    return total
  }
}
