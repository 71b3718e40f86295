import Compute
import Files
import Specs
import Training

/// What is written when a run goes on: first the record, then what it makes void is removed.
extension Resumption {
  /// From where a run goes on, and what is in its way.
  struct Settlement {
    let checkpoint: Checkpoint?
    let passedOver: [CheckpointSearch.PassedOver]
    let metrics: MetricsText?
    let columns: [String]
  }

  /// Writes the record durably, then resolved.yaml where its epochs are others.
  mutating func write(_ experiment: Experiment, _ checkpoint: Checkpoint?, _ pool: ThreadPool) throws(FileError) {
    let resolved = [UInt8](Emitter.text(of: experiment.resolved).utf8)
    let present = try DurableFile.read(folder.resolved)
    if record.resolvedDigest == nil { record.resolvedDigest = Digest.sha256(present) }
    let isOther = options.epochs != nil || Digest.sha256(present) != record.resolvedDigest
    if isOther {
      record.replacedDigest = Digest.sha256(present)
      record.resolvedDigest = Digest.sha256(resolved)
    }
    record.begin(
      RunRecord.Session(
        fromStep: checkpoint?.step ?? 0, machine: machine, threads: pool.threads, lanes: pool.lanes,
        ranks: options.ranks?.count, command: options.command),
      of: experiment, at: checkpoint?.place)
    try record.write(to: folder.record)
    guard isOther else { return }
    do throws(FileError) {
      try DurableFile.replace(folder.resolved, with: resolved)
    } catch {
      var record = record
      record.fail(error, in: folder)
      throw error
    }
    record.replacedDigest = nil
  }

  /// Removes what comes after the place, and hands everything to who trains.
  mutating func settled(
    _ experiment: Experiment, _ data: TaskData, _ pool: ThreadPool, _ trainer: Trainer, _ settlement: Settlement
  ) throws -> Runner {
    var record = record
    do {
      let step = trainer.step
      let tidying = RunTidying(folder: folder, experiment: experiment)
      var told = try tidying.discard(after: step, keeping: settlement.passedOver)
      try tidying.removeSurplusCheckpoints(at: step, isEnd: step == experiment.totalSteps)
      try tidying.removeSheetsNotDue(at: step)
      let metrics: CSVFile
      if let position = settlement.checkpoint?.metrics {
        metrics = try CSVFile.resume(folder.metrics, columns: settlement.columns, at: position) { told.append($0) }
      } else {
        metrics = try CSVFile.create(folder.metrics, columns: settlement.columns)
      }
      let evaluation = try CSVFile.evaluation(
        of: experiment, in: folder, at: settlement.checkpoint?.evaluation
      ) { told.append($0) }
      let counts = try CSVFile.counts(of: experiment, in: folder, at: settlement.checkpoint?.counts) { told.append($0) }
      let timing = try CSVFile.extend(folder.timing, columns: Runner.timingColumns) { told.append($0) }
      notes += told
      return Runner(
        folder: folder, lock: lock, experiment: experiment, data: data, machine: machine, pool: pool,
        trainer: trainer, record: record, metrics: metrics, evaluation: evaluation, counts: counts, timing: timing,
        notes: notes)
    } catch {
      record.fail(error, in: folder)
      throw error
    }
  }
}
