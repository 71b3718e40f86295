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
  /// When it began, in UTC.
  public let started: String?
  /// The metrics of the last row of metrics.csv.
  public let last: [String: Double]
  /// The columns of metrics.csv; none where it cannot be read.
  public private(set) var columns: [Column] = []
  /// Why there are no metrics, where metrics.csv cannot be read.
  public let problem: String?
  /// What else a person should know: a checkpoint that is gone, another core type.
  public let remarks: [String]

  /// What is wrong with its files and what else a person should know, a line each.
  public var problems: [String] { (problem.map { [$0] } ?? []) + remarks }

  private enum CodingKeys: String, CodingKey {
    case path, name, status, reason, epoch, step, steps, seed, started, last, problem, remarks
  }

  /// Looks at a run's folder.
  public init(_ folder: RunFolder) throws(FileError) {
    let record = try RunRecord(path: folder.record)
    path = folder.path
    name = record.name
    seed = record.seed
    reason = record.reason
    steps = record.steps
    started = record.sessions.first?.started
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
    if record.status == .running, !(try FolderLock.isHeld(folder.path)) {
      status = "killed"
    } else {
      status = record.status.rawValue
    }
  }
}
