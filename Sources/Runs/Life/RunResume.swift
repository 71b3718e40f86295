import Compute
import Datasets
import Files
import Host
import Specs
import Training

/// What `resume` may be told.
package struct ResumeOptions: Sendable {
  /// A new number of epochs.
  package var epochs: Int?
  /// The step of the checkpoint to go on from; nil for the newest good one.
  package var step: Int?
  /// Threads; nil for one a core.
  package var threads: Int?
  /// Lanes of the vectors that products are made of; nil for the fastest.
  package var lanes: Lanes?
  /// The processes that train together, this one the first; nil where it is alone.
  package var ranks: (any Ranks)?
  /// Where data are looked for.
  package var data = DataLocation.standard()
  /// The command in its words, for the record.
  package var command: [String]?

  /// The defaults.
  package init() {}
}

extension Runner {
  /// Gets a run ready to go on from a checkpoint, or from its beginning when it has none.
  /// - Returns: nil where the run is complete and nothing is left to do.
  /// - Throws: `RunError` when the folder is in use (75), its spec or data were changed (65), or no checkpoint is good
  ///   (74).
  package static func resume(
    _ path: String, options: ResumeOptions, notes: (String) -> Void
  ) throws(RunError) -> Runner? {
    let folder = RunFolder(path)
    do {
      guard try FileKind.of(folder.record) != nil || folder.hasTraces() else {
        try folder.requireRun()
        return nil
      }
      switch try FolderLock.acquire(folder.path) {
      case .acquired(let lock):
        var resumption = try Resumption(folder, lock: lock, options: options)
        let runner = try resumption.runner()
        for note in resumption.notes { notes(note) }
        return runner
      case .held(let pid):
        throw RunError(
          "\(folder.path) is in use by process \(pid.map(String.init) ?? "unknown")",
          remedy: "wait for it, or stop it with Ctrl-C or kill", exitCode: 75)
      }
    } catch { throw RunError(of: error) }
  }
}

/// The way from a run's folder to a process that goes on with it.
///
/// First everything is read and compared, and nothing changed. Then the record says, durably, from where the run goes
/// on. Only then what comes after that place is cut off and removed; so whenever the process ends, the next one finds
/// either what there was or a record that is true.
struct Resumption {
  let folder: RunFolder
  let lock: FolderLock
  let options: ResumeOptions
  let machine = Machine.current()
  let threads: Int
  let lanes: Lanes
  /// The run's record: its own, or one that was made again.
  var record: RunRecord
  /// Where the run's data are looked for.
  var location: DataLocation
  /// What a person should know, and the log.
  var notes: [String] = []

  init(_ folder: RunFolder, lock: FolderLock, options: ResumeOptions) throws {
    self.folder = folder
    self.lock = lock
    self.options = options
    threads = options.threads ?? machine.defaultThreads
    lanes = options.lanes ?? .fastest
    location = options.data
    for inner in [folder.path, folder.samples, folder.checkpoints] {
      try DurableFile.makeFolders(inner)
      try DurableFile.removeLeftovers(in: inner)
    }
    do throws(FileError) {
      record = try RunRecord(path: folder.record)
    } catch {
      guard error.isOfContent, try folder.hasTraces() else { throw error }
      record = try RunRepair(folder: folder, location: location, machine: machine, threads: threads).record()
      notes.append(
        (error.cause == .notFound ? "\(folder.record) was gone" : error.message)
          + ": it is made again from resolved.yaml, metrics.csv and the checkpoints")
    }
    location.specFolder = record.data.specFolder
    location.isOfRun = true
  }

  mutating func runner() throws -> Runner? {
    let identity = RunIdentity(folder: folder, record: record)
    try identity.requireSpec()
    let experiment = try frozenExperiment(identity)
    try refuseGoingBack(to: experiment, from: min(options.step ?? record.step, record.step))
    var metrics: MetricsText?
    var evaluation: MetricsText?
    var counts: MetricsText?
    let search = CheckpointSearch(folder: folder, origin: identity.origin(experiment))
    var finding = try search.newest(at: options.step) { checkpoint in
      if metrics == nil { metrics = try text(folder.metrics) }
      _ = try metrics?.prefix(to: checkpoint.metrics)
      if let position = checkpoint.evaluation {
        if evaluation == nil { evaluation = try text(folder.evaluation) }
        _ = try evaluation?.prefix(to: position)
      }
      if let position = checkpoint.counts {
        if counts == nil { counts = try text(folder.counts) }
        _ = try counts?.prefix(to: position)
      }
    }
    let checkpoint = finding.checkpoint
    finding.checkpoint = nil
    if checkpoint == nil { try requireBeginning(experiment, finding) }
    notes += finding.passedOver.map { "passed over: \($0.error.message)" }
    let step = checkpoint?.step ?? 0
    try refuseGoingBack(to: experiment, from: step)
    // Those after one that was asked for are in the way, good or not.
    if options.step != nil { finding.passedOver += try search.notGood(after: step) }
    if try isDone(experiment, step, [metrics, evaluation, counts]) { return nil }
    if options.step == nil, step < record.step {
      notes.append(
        "the run had done \(Decimals.count(record.step)) steps: it goes back to the checkpoint of step \(Decimals.count(step)) and on from there"
      )
    } else if checkpoint == nil {
      notes.append("no checkpoint yet: starting from the beginning")
    }
    if let ranks = options.ranks { try RankTask.requireShards(experiment, for: ranks) }
    let data = try experiment.load(from: location, isBeginning: checkpoint == nil)
    try compare(data)
    if let checkpoint { compareVersions(checkpoint) }
    let pool = ThreadPool(threads: threads, lanes: lanes)
    do {
      let trainer = try Trainer(experiment, data: data, pool: pool, ranks: options.ranks)
      if let ranks = options.ranks { try RankTask(experiment, data, at: location).begin(ranks) }
      let columns = Runner.metricColumns(trainer.metrics)
      if let checkpoint {
        try requireColumns(columns, metrics)
        try checkpoint.restore(trainer, path: folder.checkpoint(step))
      }
      record.columns = experiment.columns(trainer.metrics)
      try write(experiment, checkpoint, pool)
      return try settled(
        experiment, data, pool, trainer,
        Settlement(
          checkpoint: checkpoint, passedOver: finding.passedOver, metrics: metrics, columns: columns))
    } catch {
      pool.close()
      throw error
    }
  }
}
