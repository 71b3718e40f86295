/// What is due after a step: rows of metrics.csv, sheets, checkpoints, rows of timing.csv.
///
/// With N steps in all, E steps an epoch and the intervals of `record`, after step s there is
///
/// | due | where |
/// |---|---|
/// | a row of metrics.csv | s mod metrics_every = 0 |
/// | a row of evaluation.csv, for tasks with evaluation | s mod (E · validation.every) = 0 |
/// | a sheet | s mod (E · samples_every) = 0, or s = N |
/// | a checkpoint | s mod (E · checkpoint_every) = 0, or s = N |
/// | a row of timing.csv | s mod E = 0, or s = N |
///
/// They are written in this order: a checkpoint holds the lengths of metrics.csv and evaluation.csv, and a sheet that is recorded
/// is there. What the end alone adds to both files, a row of fewer steps and a last evaluation, comes after the last checkpoint:
/// a longer run goes on as if it had never ended there.
package struct Milestones: Equatable, Sendable {
  /// Kinds of milestones.
  package struct Due: OptionSet, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// A row of metrics.csv, the means since the row before.
    package static let row = Due(rawValue: 1)
    /// A sheet of samples.
    package static let sheet = Due(rawValue: 2)
    /// A checkpoint.
    package static let checkpoint = Due(rawValue: 4)
    /// A row of timing.csv.
    package static let timing = Due(rawValue: 8)
    /// A row of evaluation.csv.
    package static let evaluation = Due(rawValue: 16)
  }

  /// N.
  let totalSteps: Int
  /// Steps between rows of timing.csv: E.
  let timingInterval: Int
  /// Steps between rows of metrics.csv.
  let rowInterval: Int
  /// Steps between sheets.
  let sheetInterval: Int
  /// Steps between checkpoints.
  let checkpointInterval: Int
  /// Steps between evaluations; nil for none.
  let evaluationInterval: Int?

  /// The milestones of a run of N steps.
  /// - Parameters:
  ///   - stepsPerEpoch: E.
  ///   - metricsEvery: steps between rows.
  ///   - samplesEvery: epochs between sheets.
  ///   - checkpointEvery: epochs between checkpoints.
  ///   - evaluatesEvery: epochs between evaluations; nil for none.
  package init(
    totalSteps: Int, stepsPerEpoch: Int, metricsEvery: Int, samplesEvery: Int, checkpointEvery: Int,
    evaluatesEvery: Int? = nil
  ) {
    self.totalSteps = totalSteps
    timingInterval = stepsPerEpoch
    rowInterval = metricsEvery
    sheetInterval = stepsPerEpoch * samplesEvery
    checkpointInterval = stepsPerEpoch * checkpointEvery
    evaluationInterval = evaluatesEvery.map { $0 * stepsPerEpoch }
  }

  /// What is due after a step, from 1 to N.
  package func after(_ step: Int) -> Due {
    var due: Due = step == totalSteps ? [.sheet, .checkpoint, .timing] : []
    if step.isMultiple(of: rowInterval) { due.insert(.row) }
    if step.isMultiple(of: sheetInterval) { due.insert(.sheet) }
    if step.isMultiple(of: checkpointInterval) { due.insert(.checkpoint) }
    if step.isMultiple(of: timingInterval) { due.insert(.timing) }
    if let evaluationInterval, step.isMultiple(of: evaluationInterval) { due.insert(.evaluation) }
    return due
  }

  /// The step after which the first checkpoint is due.
  package var firstCheckpoint: Int { min(checkpointInterval, totalSteps) }
}

extension Experiment {
  /// What is due after which step.
  package var milestones: Milestones {
    Milestones(
      totalSteps: totalSteps, stepsPerEpoch: stepsPerEpoch, metricsEvery: recording.metricsEvery,
      samplesEvery: recording.samplesEvery, checkpointEvery: recording.checkpointEvery,
      evaluatesEvery: task.evaluatesEvery)
  }
}
