import Files
import Networks
import Training

// What goes wrong in the training of a run.
extension Runner {
  /// Finds again what the rows so far show, and writes it down.
  func beginHealth() throws(FileError) {
    guard experiment.task is any SamplingTask else { return }
    health = try HealthLog(of: folder, at: trainer.step)
    // Where steps are left to be trained the end adds nothing to the row.
    if !isEnd { try health?.flush() }
  }

  /// Takes the rows of the present step, and tells of what they show that the rows before did not.
  /// - Parameters:
  ///   - means: the row of metrics.csv; nil where there is none.
  ///   - evaluation: the row of evaluation.csv; nil where there is none.
  func appendHealth(_ means: [Float]?, _ evaluation: [Double]?) throws(FileError) {
    guard health != nil, means != nil || evaluation != nil else { return }
    let metrics = Dictionary(
      zip(trainer.metrics.map(\.name), means ?? []).map { ($0, Double($1)) }, uniquingKeysWith: { first, _ in first })
    let evaluated = Dictionary(
      zip(experiment.task.evaluationColumns.map(\.name), evaluation ?? []).map { ($0, $1) },
      uniquingKeysWith: { first, _ in first })
    let changes = health?.add(
      step: trainer.step, epoch: experiment.epoch(of: trainer.step), metrics: metrics, evaluation: evaluated)
    // A person is told of each once, the log every time.
    for finding in changes?.first ?? [] { note(HealthLog.text(finding)) }
    for finding in changes?.again ?? [] { logger.warning("\(HealthLog.text(finding))") }
    for finding in changes?.gone ?? [] { logger.info("\(finding.name): no longer") }
    // The end of the run may add to the rows of its last step.
    if !isEnd { try health?.flush() }
  }

  /// Whether no step follows.
  var isEnd: Bool { trainer.step == experiment.totalSteps || earlyEnd != nil }

  /// Why the run ends before all steps are done; nil while it goes on, and where none is left to do.
  var earlyEnd: EarlyEnd? {
    guard trainer.step < experiment.totalSteps else { return nil }
    if let impatience { return EarlyEnd(reason: impatience, remedy: "a new run with a larger patience goes further") }
    guard let wanted = (experiment.task as? any SamplingTask)?.stopWhen else { return nil }
    return health?.findings.first { wanted.contains($0.name) }.map { finding in
      EarlyEnd(
        reason: "\(finding.name), which training.stop_when names",
        remedy: "without it in stop_when a new run goes further")
    }
  }
}

/// Why a run ends before all its steps are done.
struct EarlyEnd {
  /// The reason, in words.
  let reason: String
  /// How to go further all the same.
  let remedy: String
}

/// health.csv of a run that is at work, and what its rows show.
struct HealthLog: ~Copyable {
  /// What rows show that those before them did not.
  struct Changes {
    /// What no row showed before.
    var first: [SymptomFinding] = []
    /// What earlier rows did, but not the last.
    var again: [SymptomFinding] = []
    /// What the last row showed, and this one does not.
    var gone: [SymptomFinding] = []
  }

  private var file: CSVFile
  private var monitor: HealthMonitor
  /// The symptoms that a row has shown.
  private var known: Set<String>
  /// The row of the last step, to which the end of the run may add.
  private var waiting: [CSVFile.Cell]?

  /// Finds again what the rows of a run show that has come to a step.
  init(of folder: RunFolder, at step: Int) throws(FileError) {
    let found = try HealthFile(of: folder)
    var rows = found.rows
    let last = rows.last?.first == .integer(step) ? rows.removeLast() : nil
    try DurableFile.replace(folder.health, with: HealthFile.bytes(rows))
    file = try CSVFile.extend(folder.health, columns: HealthFile.columns)
    (monitor, known, waiting) = (found.monitor, Set(found.spans.map(\.name)), last)
  }

  /// What the last row shows.
  var findings: [SymptomFinding] { monitor.findings }

  /// Takes the rows of a step; of one that waits, what is added to it.
  mutating func add(step: Int, epoch: Int, metrics: [String: Double], evaluation: [String: Double]) -> Changes {
    var changes = Changes()
    let before = monitor.findings
    for finding in monitor.add(metrics: metrics, evaluation: evaluation) {
      if known.insert(finding.name).inserted { changes.first.append(finding) } else { changes.again.append(finding) }
    }
    let now = Set(monitor.findings.map(\.name))
    changes.gone = before.filter { !now.contains($0.name) }
    waiting = HealthFile.row(step: step, epoch: epoch, monitor)
    return changes
  }

  /// Writes the row that waits.
  mutating func flush() throws(FileError) {
    guard let row = waiting else { return }
    try file.append(row)
    try file.flush()
    waiting = nil
  }

  /// A finding in one line.
  static func text(_ finding: SymptomFinding) -> String { "\(finding.name): \(finding.sentence)" }
}
