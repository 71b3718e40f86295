import Evaluation
import Files
import Host
import Networks
import Runs
import Specs
import Training

/// What there is to say of a run in one line.
package struct RunSummary: Codable, Sendable {
  /// The run's folder.
  package let path: String
  /// The experiment's name.
  package let name: String
  /// `running`, `complete`, `stopped`, `diverged`, `failed`, or `killed` when no process is at work on it although it
  /// was never ended.
  package let status: String
  /// Why it ended.
  package let reason: String?
  /// Epochs done.
  package let epoch: Int
  /// Steps done.
  package let step: Int
  /// Steps to do.
  package let steps: Int
  /// The seed.
  package let seed: UInt64
  /// The name of the loss; nil where the resolved spec does not say.
  package let loss: String?
  /// When it began, in UTC.
  package let started: String?
  /// Seconds in which processes were at work on it; nil where no record says.
  package let seconds: Double?
  /// How often a process began to work on it.
  package let sessions: Int
  /// The data it learns from.
  package let data: RunRecord.Data
  /// What it last ran on.
  package let machine: Machine?
  /// The threads it last used.
  package let threads: Int?
  /// The lanes it last used; nil in records of earlier versions.
  package let lanes: Int?
  /// The version of the arithmetic; nil in records of earlier versions.
  package let arithmetic: Int?
  /// The version of the program that last worked on it.
  package let version: String?
  /// The command that began it, as words of a shell; nil in records of earlier versions.
  package let command: String?
  /// What `--set` and the like changed in its spec; nil in records of earlier versions.
  package let overrides: [String]?
  /// The words that people tagged it with; nil where they did not.
  package let tags: [String]?
  /// What people noted of it; nil where they did not.
  package let note: String?
  /// The metrics of the last row of metrics.csv.
  package let last: [String: Double]
  /// The spec with every default; nil where it cannot be read.
  package private(set) var spec: Node?
  /// The columns that say most of a run of its task.
  package private(set) var headline: [Headline] = []
  /// What went wrong in training, as its rows show; nil where nobody knows what that would be, or they cannot be read.
  package private(set) var symptoms: [SymptomSpan]?
  /// What was said when the run ended, a sentence each.
  package private(set) var verdicts: [Verdict]?
  /// What was measured when the run ended; nil before, and where nothing was.
  package private(set) var verdict: VerdictFile.Values?
  /// The sheet of generated images over the training images that are nearest to them, where there is one.
  package private(set) var neighbours: String?
  /// The columns of metrics.csv; none where it cannot be read.
  package private(set) var columns: [Column] = []
  /// The values of the last row of evaluation.csv; nil for tasks without evaluation, and before the first.
  package let evaluation: [String: Double]?
  /// How often each class was taken for each, [class, prediction], at that row; nil where nothing says.
  package let confusion: [[Int]]?
  /// How many samples were counted in classes, modes and the like, at the end or in the last evaluation; nil where none were, and
  /// where rows are not searched.
  package let counts: [CountedBins]?
  /// The columns of evaluation.csv.
  package private(set) var evaluationColumns: [Column] = []
  /// Why there are no metrics, where metrics.csv cannot be read.
  package let metricsProblem: String?
  /// Why there is no evaluation, where evaluation.csv cannot be read.
  package let evaluationProblem: String?
  /// What else a person should know: a checkpoint that is gone, another arithmetic, a file that cannot be read.
  package let remarks: [String]

  /// What is wrong with its files and what else a person should know, a line each.
  package var problems: [String] { [metricsProblem, evaluationProblem].compactMap { $0 } + remarks }

  /// Whether no process is at work on it, or was killed: what is known of it stays so until a file changes.
  package var isOver: Bool { !["running", "killed"].contains(status) }

  /// The last value of a column of either file.
  package func latest(_ column: Column) -> Double? { evaluation?[column.name] ?? last[column.name] }

  private enum CodingKeys: String, CodingKey {
    case path, name, status, reason, epoch, step, steps, seed, loss, started, seconds, sessions, data, machine, threads,
      lanes, arithmetic
    case version, command, overrides, tags, note, last, evaluation, counts, confusion, symptoms, verdicts, verdict,
      neighbours,
      remarks
    case metricsProblem = "metrics_problem"
    case evaluationProblem = "evaluation_problem"
  }

  /// Looks at a run's folder.
  /// - Parameters:
  ///   - findsSymptoms: whether all rows are read for what they show.
  ///   - reader: what has read some of its files already.
  package init(
    _ folder: RunFolder, findsSymptoms: Bool = false, reader: RunReader = RunReader()
  ) throws(FileError) {
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
    lanes = record.sessions.last?.lanes
    arithmetic = record.sessions.last?.arithmetic
    version = record.sessions.last?.version
    command = record.command.map { $0.map(ShellText.quoted).joined(separator: " ") }
    overrides = record.overrides
    var unread: [String] = []
    /// What a file says; nil where there is none, or, which a person should know, it cannot be read.
    func content<Content>(_ read: () throws(FileError) -> Content) -> Content? {
      do throws(FileError) {
        return try read()
      } catch {
        if error.cause != .notFound { unread.append(error.message) }
        return nil
      }
    }
    let spec = content { () throws(FileError) in try reader.spec(of: folder) } ?? nil
    self.spec = spec
    let notes = content { () throws(FileError) in try RunNotes(of: folder) }
    tags = notes.flatMap { $0.tags.isEmpty ? nil : $0.tags }
    note = notes?.note
    loss = spec.flatMap { $0["loss"]?.pairs?.first?.key.text ?? $0["loss"]?.text }
    headline = TaskCatalog.task(of: spec ?? .null).headline
    var values: [String: Double] = [:]
    var metricsProblem: String?
    do throws(FileError) {
      let table = try reader.table(folder.metrics)
      columns = Column.named(table.columns, recorded: record.columns ?? [])
      for (column, text) in zip(table.columns, table.rows.last ?? []) { values[column] = Double(text) }
    } catch {
      // A run that was killed at once has none yet.
      if record.step > 0 || error.cause != .notFound { metricsProblem = error.message }
    }
    self.metricsProblem = metricsProblem
    last = values
    if findsSymptoms, metricsProblem == nil, TaskCatalog.task(of: spec ?? .null) is any SamplingTask.Type {
      symptoms = content { () throws(FileError) in try HealthFile(of: folder).spans }
    }
    if let conclusion = record.conclusion {
      neighbours = conclusion[RunFolder.neighboursName].map { _ in folder.neighbours }
      verdicts = record.verdicts
      verdict = content { () throws(FileError) in try VerdictFile.values(in: folder.verdict) }
    }
    var evaluated: CSVTable?
    var evaluationProblem: String?
    do throws(FileError) {
      evaluated = try reader.table(folder.evaluation)
    } catch {
      // Tasks without evaluation have none, nor a run before its first.
      if record.evaluation != nil || error.cause != .notFound { evaluationProblem = error.message }
    }
    self.evaluationProblem = evaluationProblem
    evaluationColumns = Column.named(evaluated?.columns ?? [], recorded: record.columns ?? [])
    var found: [String: Double] = [:]
    for (column, text) in zip(evaluated?.columns ?? [], evaluated?.rows.last ?? []) { found[column] = Double(text) }
    evaluation = found.isEmpty ? nil : found
    let matrix = content { () throws(FileError) in try ConfusionFile(path: folder.confusion) }
    confusion = matrix.flatMap { found["step"] == Double($0.step) ? $0.matrix.counts : nil }
    let counted =
      findsSymptoms ? content { () throws(FileError) in try folder.lastCounts(record) } ?? [] : []
    counts = counted.isEmpty ? nil : counted
    func whole(_ column: Column) -> Int { values[column.name].flatMap { Int(exactly: $0) } ?? 0 }
    step = max(record.step, whole(.step))
    epoch = max(record.epoch, whole(.epoch))
    status = try RunReader.status(record, in: folder)
    seconds = RunSummary.seconds(record, isWorking: status == RunRecord.Status.running.rawValue) {
      content { () throws(FileError) in try reader.table(folder.timing) }
    }
    remarks = try record.remarks(on: folder) + unread
  }

  /// The sum of the sessions' lengths; of one that was killed, what timing.csv has of it.
  private static func seconds(_ record: RunRecord, isWorking: Bool, timing: () -> CSVTable?) -> Double? {
    lazy var laps = timing()
    var total: Double?
    for (index, session) in record.sessions.enumerated() {
      let isLast = index == record.sessions.count - 1
      let length: Double?
      if let seconds = session.seconds, !(isLast && isWorking) {
        length = seconds
      } else if let end = session.ended ?? (isLast && isWorking ? Now.text : nil) {
        length = Now.seconds(from: session.started, to: end)
      } else {
        let rows = zip(laps?.numbers("session") ?? [], laps?.numbers("seconds") ?? [])
        length = rows.filter { $0.0 == Double(index + 1) }.compactMap(\.1).reduce(0, +)
      }
      if let length { total = (total ?? 0) + length }
    }
    return total
  }
}
