import Compute
import Files
import Glibc
import Host
import Logging
import Networks
import Specs
import Training

/// Trains an experiment in a run's folder: rows of metrics, sheets, checkpoints, and a record of how it went.
package final class Runner {
  /// The run's folder.
  package let folder: RunFolder
  /// What is trained.
  package let experiment: Experiment

  private let lock: FolderLock
  private let machine: Machine
  let trainer: Trainer
  let data: TaskData
  private let pool: ThreadPool
  let logger: Logger
  private let spec: String
  var record: RunRecord
  private var metrics: CSVFile
  var evaluation: CSVFile?
  /// counts.csv; nil for tasks whose evaluations count nothing.
  var counts: CSVFile?
  /// The last row of evaluation.csv that this session wrote.
  var evaluated: [Column: Float] = [:]
  /// The best of its rows so far; nil where the spec asks for none.
  var best: BestRow?
  private var timing: CSVFile
  /// The events file; nil where the spec asks for none.
  var events: EventFile?
  /// health.csv; nil for tasks whose symptoms nobody knows.
  var health: HealthLog?
  /// Why the run ended before all steps were done; nil where it did not.
  private var early: EarlyEnd?
  private let notes: [String]
  /// The step after which it stops.
  private var pause = Int.max
  private var clock = ContinuousClock.now
  weak var observer: (any RunObserver)?

  init(
    folder: RunFolder, lock: FolderLock, experiment: Experiment, data: TaskData, machine: Machine,
    pool: ThreadPool, trainer: Trainer, record: RunRecord, metrics: consuming CSVFile,
    evaluation: consuming CSVFile?, counts: consuming CSVFile?, timing: consuming CSVFile,
    notes: [String] = []
  ) {
    self.folder = folder
    self.lock = lock
    self.experiment = experiment
    self.data = data
    self.machine = machine
    self.pool = pool
    self.trainer = trainer
    self.record = record
    self.metrics = metrics
    self.evaluation = evaluation
    self.counts = counts
    self.timing = timing
    self.notes = notes
    spec = ResolvedSpec.lasting(experiment.resolved)
    logger = RunLog.logger(folder.log)
  }

  deinit { pool.close() }

  /// The columns of metrics.csv.
  static func metricColumns(_ metrics: [Column]) -> [String] { ([.step, .epoch] + metrics).map(\.name) }

  /// Trains until all steps are done, a signal asks to stop, or a value is not finite.
  /// - Parameter pause: a step after which it stops with a checkpoint, as if a signal had asked; nil for none.
  /// - Throws: `RunError` when a file cannot be written; the last checkpoint is intact.
  package func run(observer: (any RunObserver)?, until pause: Int? = nil) throws(RunError) -> RunOutcome {
    self.observer = observer
    self.pause = pause ?? .max
    clock = .now
    for note in notes { logger.notice("\(note)") }
    logger.info(
      """
      training from step \(trainer.step) of \(experiment.totalSteps), \(trainer.rankCount.map { "\($0) ranks, " } ?? "")\
      \(pool.threads) threads, \(pool.lanes.rawValue) lanes, arithmetic \(ArithmeticVersion.current)
      """
    )
    let outcome: RunOutcome
    do throws(FileError) {
      // mpirun hands this one on and goes on itself; after the others it kills what has not ended within a second.
      Interruption.listen(alsoTo: trainer.rankCount == nil ? [] : [SIGUSR1])
      observer?.began(
        RunHeader(
          experiment: experiment, folder: folder, dataOrigin: data.table.origin, machine: machine,
          threads: pool.threads, lanes: pool.lanes.rawValue, ranks: trainer.rankCount, step: trainer.step,
          steps: experiment.totalSteps))
      if pool.threads < pool.wanted {
        let note = "the system gives this process no more than \(pool.threads) of \(pool.wanted) threads"
        logger.notice("\(note)")
        observer?.noted(note)
      }
      outcome = try train()
      try finish(outcome)
    } catch {
      logger.error("\(error.message)")
      takeTime()
      record.fail(error, in: folder)
      throw RunError(error.message, remedy: remedy(for: error), exitCode: error.exitCode)
    }
    return outcome
  }

  /// Notes how long this session has worked.
  private func takeTime() {
    guard !record.sessions.isEmpty else { return }
    let (seconds, attoseconds) = (ContinuousClock.now - clock).components
    let milliseconds = Double(attoseconds / 1_000_000_000_000_000)
    record.sessions[record.sessions.count - 1].seconds = Double(seconds) + milliseconds / 1000
  }

  /// What to do about an error that ended the run: with a checkpoint nothing need be trained again.
  private func remedy(for error: FileError) -> String {
    if error.path == folder.metrics, case .damaged = error.cause {
      return
        "leave the files of a run alone while it is at work; go on from the last checkpoint before the change with: "
        + "gan-exp resume \(ShellText.quoted(folder.path))"
    }
    let steps = try? folder.checkpointSteps()
    guard error.cause == .diskFull, let steps, !steps.isEmpty else { return error.remedy }
    return "make room on the disk, then go on with: gan-exp resume \(ShellText.quoted(folder.path))"
  }

  private func train() throws(FileError) -> RunOutcome {
    let total = experiment.totalSteps
    let milestones = experiment.milestones
    if let column = evaluationFields?.best {
      best = try BestRow(by: column, in: folder.evaluation) { milestones.after($0).contains(.evaluation) }
    }
    try beginHealth()
    try beginEvents()
    var pace = Pace(step: trainer.step)
    var lastMeans: [Float]?
    // A row that the end of a shorter run of an earlier version left to be written.
    if trainer.step < total, trainer.sums.count == experiment.recording.metricsEvery { lastMeans = try appendRow() }
    while trainer.step < min(total, pause), earlyEnd == nil {
      Interruption.watching { trainer.runStep() }
      guard trainer.isFinite else { return .diverged(findDivergence()) }
      let due = milestones.after(trainer.step)
      if due.contains(.row) { lastMeans = try appendRow() }
      let values = due.contains(.evaluation) ? try appendEvaluation(isDue: true) : nil
      try appendHealth(due.contains(.row) ? lastMeans : nil, values)
      if due.contains(.sheet) { try writeSheet() }
      if due.contains(.checkpoint) || earlyEnd != nil, let divergence = try writeCheckpoint() {
        return .diverged(divergence)
      }
      if due.contains(.timing) { try appendTiming(&pace) }
      if trainer.step < total, let signal = Interruption.signal {
        if !due.contains(.checkpoint), let divergence = try writeCheckpoint() { return .diverged(divergence) }
        report(pace, lastMeans, isLast: true)
        return .stopped(signal: signal)
      }
      if trainer.step == pause, trainer.step < total {
        if !due.contains(.checkpoint), let divergence = try writeCheckpoint() { return .diverged(divergence) }
        report(pace, lastMeans, isLast: true)
      }
      if pace.isDue(at: trainer.step) { report(pace, lastMeans, isLast: false) }
    }
    early = earlyEnd
    if early == nil, trainer.step < total { return .paused }
    if let early {
      if !milestones.after(trainer.step).contains(.sheet) { try writeSheet() }
      note("\(early.reason): the run ends at step \(Decimals.count(trainer.step)); \(early.remedy)")
    }
    // A row that is not full, after the last checkpoint: a longer run goes on as if it had never ended here.
    let means = trainer.sums.count > 0 ? try appendRow() : nil
    lastMeans = means ?? lastMeans
    let isEvaluated =
      experiment.task.evaluatesEvery != nil && early == nil && !milestones.after(total).contains(.evaluation)
    try appendHealth(means, isEvaluated ? try appendEvaluation(isDue: false) : nil)
    try health?.flush()
    report(pace, lastMeans, isLast: true)
    if let signal = try conclude() { return .stopped(signal: signal) }
    return .complete
  }

  private func appendRow() throws(FileError) -> [Float] {
    let means = trainer.row
    let epoch = experiment.epoch(of: trainer.step)
    try metrics.append([.integer(trainer.step), .integer(epoch)] + means.map { .float($0) })
    try metrics.flush()
    trainer.sums.reset()
    try addEvent(trainer.metrics, means, .row)
    return means
  }

  /// How far the CSV files with what was measured have grown, once all of it is on the disk.
  private func place() throws(FileError) -> RunRecord.Place {
    let position = try metrics.position()
    return RunRecord.Place(metrics: position, evaluation: try evaluation?.position(), counts: try counts?.position())
  }

  private func appendTiming(_ pace: inout Pace) throws(FileError) {
    let (seconds, rate) = pace.lap(at: trainer.step)
    try timing.append([
      .integer(record.sessions.count), .integer(trainer.step), .integer(experiment.epoch(of: trainer.step)),
      .double(seconds), .double(rate), .double(rate * Double(trainer.report.operations) / 1e9),
    ])
    try timing.flush()
  }

  /// Writes the present state into a file, with how far the CSV files have grown.
  @discardableResult
  func writeCheckpoint(to path: String) throws(FileError) -> RunRecord.Place {
    let place = try place()
    try Checkpoint.write(trainer, at: place, spec: spec, dataDigest: data.table.digest, to: path)
    return place
  }

  /// Writes a checkpoint of the present state and removes those that are too many; does not write a state that is
  /// not finite.
  private func writeCheckpoint() throws(FileError) -> Divergence? {
    for block in trainer.state.layout.blocks.indices where !trainer.state.buffer(block: block).isFinite {
      return findDivergence()
    }
    let path = folder.checkpoint(trainer.step)
    let place = try writeCheckpoint(to: path)
    try addParametersEvent()
    logger.info("checkpoint at step \(trainer.step)")
    observer?.wrote(path)
    record.stand(at: trainer.step, of: experiment, place)
    takeTime()
    try record.write(to: folder.record)
    try RunTidying(folder: folder, experiment: experiment).removeSurplusCheckpoints(
      at: trainer.step, isEnd: isEnd || trainer.step == pause)
    return nil
  }

  private func findDivergence() -> Divergence {
    let failed = trainer.step
    report(Pace(step: failed), trainer.latest, isLast: true)
    let search = DivergenceSearch(
      folder: folder, experiment: experiment, trainer: trainer,
      origin: RunIdentity(folder: folder, record: record).origin(experiment), note: note)
    return search.find(step: failed)
  }

  /// Tells a person, and the log.
  func note(_ message: String) {
    logger.warning("\(message)")
    observer?.noted(message)
  }

  private func finish(_ outcome: RunOutcome) throws(FileError) {
    switch outcome {
    case .complete:
      record.end(.complete, early?.reason ?? "all steps are done")
      record.endedEarly = early == nil ? nil : true
    case .stopped(let signal): record.end(.stopped, Interruption.text(signal))
    case .paused: record.end(.stopped, "as planned, to go on later")
    case .diverged(let divergence):
      record.end(.diverged, divergence.text)
      record.divergedAt = divergence.step
    }
    logger.info("\(record.status.rawValue): \(record.reason ?? "ended")")
    try finishEvents(record.status)
    let place = try place()
    try metrics.verify()
    try evaluation?.verify()
    try counts?.verify()
    record.note(place)
    takeTime()
    try record.write(to: folder.record)
  }

  private func report(_ pace: Pace, _ metrics: [Float]?, isLast: Bool) {
    let total = experiment.totalSteps
    let (rate, left) = pace.estimate(at: trainer.step, total: total)
    observer?.progressed(
      RunProgress(
        step: trainer.step, steps: total, epoch: experiment.epoch(of: trainer.step),
        epochs: experiment.epoch(of: total),
        metrics: Dictionary(uniqueKeysWithValues: zip(trainer.metrics, metrics ?? trainer.latest))
          .merging(evaluated) { $1 },
        stepsPerSecond: rate,
        secondsLeft: left,
        isLast: isLast))
  }
}
