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

  private enum CodingKeys: String, CodingKey {
    case path, name, status, reason, epoch, step, steps, seed, started, last
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
    let table = try? CSVTable(path: folder.metrics)
    columns = Column.named(table?.columns ?? [], recorded: record.columns ?? [])
    let row = table?.rows.last ?? []
    var values: [String: Double] = [:]
    for (column, text) in zip(table?.columns ?? [], row) { values[column] = Double(text) }
    last = values
    func whole(_ column: Column) -> Int { values[column.name].flatMap { Int(exactly: $0) } ?? 0 }
    step = max(record.step, whole(.step))
    epoch = max(record.epoch, whole(.epoch))
    if record.status == .running, !(try FolderLock.isHeld(folder.path)) {
      status = "killed"
    } else {
      status = record.status.rawValue
    }
  }

  /// All runs below a folder, by path.
  /// - Parameter problem: is told of each run and folder that cannot be read.
  public static func all(in runs: String, problem: (FileError) -> Void) -> [RunSummary] {
    var found: [RunSummary] = []
    func visit(_ path: String, depth: Int) {
      let folder = RunFolder(path)
      do throws(FileError) {
        if FileBytes.exists(folder.record) {
          found.append(try RunSummary(folder))
        } else if depth > 0 {
          for name in try FolderListing.names(in: folder.path) where FileBytes.isFolder("\(folder.path)/\(name)") {
            visit("\(folder.path)/\(name)", depth: depth - 1)
          }
        }
      } catch {
        problem(error)
      }
    }
    visit(runs, depth: 3)
    return found
  }
}
