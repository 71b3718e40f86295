import Files
import Networks
import Training

// What goes wrong in the training of a run.
extension Runner {
  /// Finds again what the rows so far show, and writes it down.
  func beginHealth() throws(FileError) {
    guard experiment.task is any SamplingTask else { return }
    let found = try HealthFile(of: folder)
    monitor = found.monitor
    told = Set(found.spans.map(\.name))
    var rows = found.rows
    // Where nothing is left to train the end of the run may add to it.
    if mayEnd, rows.last?.first == .integer(trainer.step) { lastHealth = rows.removeLast() }
    try DurableFile.replace(folder.health, with: HealthFile.bytes(rows))
    health = try CSVFile.extend(folder.health, columns: HealthFile.columns)
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
    let before = monitor.findings
    let new = monitor.add(metrics: metrics, evaluation: evaluated)
    // A person is told of each once, the log every time.
    for finding in new {
      let text = "\(finding.name): \(finding.sentence)"
      if told.insert(finding.name).inserted { note(text) } else { logger.warning("\(text)") }
    }
    let now = Set(monitor.findings.map(\.name))
    for finding in before where !now.contains(finding.name) { logger.info("\(finding.name): no longer") }
    lastHealth = HealthFile.row(step: trainer.step, epoch: experiment.epoch(of: trainer.step), monitor)
    // The end of the run may add to the rows of its last step.
    if !mayEnd { try writeHealth() }
  }

  /// Whether no step follows.
  private var mayEnd: Bool { trainer.step == experiment.totalSteps || earlyEnd != nil }

  /// Writes the row that waits.
  func writeHealth() throws(FileError) {
    guard let row = lastHealth else { return }
    try health?.append(row)
    try health?.flush()
    lastHealth = nil
  }

  /// Why the run ends before all steps are done; nil while it goes on.
  var earlyEnd: String? {
    if let impatience { return impatience }
    guard let wanted = (experiment.task as? any SamplingTask)?.stopWhen else { return nil }
    return monitor.findings.first { wanted.contains($0.name) }.map { "\($0.name) was asked to end it" }
  }
}
