import Compute
import Datasets
import Glibc
import YAML

/// What `resume` may be told.
public struct ResumeOptions: Sendable {
  /// A new number of epochs.
  public var epochs: Int?
  /// The step of the checkpoint to go on from; nil for the newest good one.
  public var step: Int?
  /// Threads; nil for one a core.
  public var threads: Int?
  /// Where data are looked for.
  public var data = DataLocation.standard()

  /// The defaults.
  public init() {}
}

extension Runner {
  /// Gets a run ready to go on from a checkpoint, or from its beginning when it has none.
  /// - Returns: nil where the run is complete and nothing is left to do.
  /// - Throws: `RunError` when the folder is in use (75), its spec was changed (65), or no checkpoint is good (74).
  public static func resume(
    _ path: String, options: ResumeOptions, notes: (String) -> Void
  ) throws(RunError) -> Runner? {
    let folder = RunFolder(path)
    try folder.requireRun()
    do {
      switch try FolderLock.acquire(folder.path) {
      case .acquired(let lock): return try resume(folder, lock: lock, options: options, notes: notes)
      case .held(let pid):
        throw RunError(
          "\(folder.path) is in use by process \(pid.map(String.init) ?? "unknown")",
          remedy: "wait for it, or stop it with Ctrl-C or kill", exitCode: 75)
      }
    } catch { throw runError(error) }
  }

  private static func resume(
    _ folder: RunFolder, lock: FolderLock, options: ResumeOptions, notes: (String) -> Void
  ) throws -> Runner? {
    for inner in [folder.path, folder.samples, folder.checkpoints] {
      try RunFolder.makeFolders(inner)
      try DurableFile.removeLeftovers(in: inner)
    }
    var record = try RunRecord(path: folder.record)
    let machine = Machine.current()
    let threads = options.threads ?? machine.defaultThreads
    var location = options.data
    location.specFolder = record.data.specFolder
    location.isOfRun = true
    let experiment = try frozenExperiment(folder, record, options, machine, location)
    try refuseGoingBack(to: experiment, from: options.step ?? record.step)
    if options.step == nil, record.status == .complete, record.step == experiment.totalSteps {
      if options.epochs != nil, experiment.training.steps == record.step {
        throw RunError(
          "training.steps ends the run at step \(record.step), however many epochs there are",
          remedy: "begin a new run: gan-exp run \(ShellText.quoted(folder.resolved)) --set training.steps=N",
          exitCode: 64)
      }
      notes("all \(record.step) steps are done" + (options.epochs == nil ? "; give --epochs to go further" : ""))
      return nil
    }
    let table = try load(experiment, location)
    let pool = try ThreadPool.ready(threads: threads)
    do {
      let trainer = try Trainer(experiment, table: table, pool: pool)
      let choice = CheckpointChoice(
        folder: folder, experiment: experiment, table: table, columns: metricColumns(trainer.metrics))
      let metrics: CSVFile
      if let checkpoint = try choice.newestGood(at: options.step, notes: notes) {
        try refuseGoingBack(to: experiment, from: checkpoint.step)
        try checkpoint.restore(trainer, path: folder.checkpoint(checkpoint.step))
        metrics = try CSVFile.resume(
          folder.metrics, columns: metricColumns(trainer.metrics), at: checkpoint.metrics, notes: notes)
        try folder.discard(after: checkpoint.step)
      } else {
        guard record.step == 0 else {
          throw RunError(
            "\(folder.checkpoints) is empty, but the run has done \(record.step) steps",
            remedy: "put a checkpoint back, or begin a new run: gan-exp run \(ShellText.quoted(folder.resolved))",
            exitCode: 74)
        }
        notes("no checkpoint yet: starting from the beginning")
        metrics = try CSVFile.create(folder.metrics, columns: metricColumns(trainer.metrics))
        try folder.discard(after: 0)
      }
      if options.epochs != nil {
        try DurableFile.replace(folder.resolved, with: [UInt8](Emitter.text(of: experiment.resolved).utf8))
      }
      let timing = try CSVFile.extend(folder.timing, columns: timingColumns, notes: notes)
      record.steps = experiment.totalSteps
      record.step = trainer.step
      record.epoch = experiment.epoch(of: trainer.step)
      return Runner(
        folder: folder, lock: lock, experiment: experiment, table: table, machine: machine, threads: threads,
        pool: pool, trainer: trainer, record: record, metrics: metrics, timing: timing)
    } catch {
      pool.close()
      throw error
    }
  }

  /// A run cannot end before where it is.
  private static func refuseGoingBack(to experiment: Experiment, from step: Int) throws {
    guard step > experiment.totalSteps else { return }
    throw RunError(
      "the run has done \(step) steps, more than \(experiment.totalSteps)",
      remedy: "give at least \(experiment.epoch(of: step)) epochs, or begin a new run", exitCode: 64)
  }

  /// The experiment of a run as it was frozen, with a new number of epochs if that is asked.
  private static func frozenExperiment(
    _ folder: RunFolder, _ record: RunRecord, _ options: ResumeOptions, _ machine: Machine,
    _ location: DataLocation
  ) throws -> Experiment {
    let given = try DurableFile.read(folder.spec)
    guard Digest.sha256(given) == record.specDigest else {
      throw RunError(
        "\(folder.spec) was changed after the run began; a run is what its spec said",
        remedy: "put it back, or begin a new run: gan-exp run \(ShellText.quoted(folder.resolved))", exitCode: 65)
    }
    let overrides = options.epochs.map { ["training.epochs=\($0)"] } ?? []
    let diagnostics = Diagnostics()
    let spec = try SpecFile(path: folder.resolved, overrides: overrides, diagnostics: diagnostics)
    guard let root = spec.root,
      let experiment = Experiment(
        root, fallbackName: record.name, data: record.data.survey.map { .known($0) } ?? .looking(location),
        diagnostics: diagnostics),
      Footprint(
        experiment, limit: machine.memory, threads: options.threads ?? machine.defaultThreads,
        diagnostics: diagnostics) != nil
    else { throw RunError(diagnostics) }
    return experiment
  }
}

/// Which of a run's checkpoints it can go on from.
struct CheckpointChoice {
  let folder: RunFolder
  let experiment: Experiment
  let table: Table
  /// The columns of metrics.csv.
  let columns: [String]

  /// The newest checkpoint that is undamaged and whose metrics.csv is there, with that file cut back to it; nil
  /// where the run has no checkpoints.
  func newestGood(at step: Int?, notes: (String) -> Void) throws -> Checkpoint? {
    let all = try folder.checkpointSteps()
    if let step, !all.contains(step) {
      throw RunError(
        "there is no checkpoint of step \(step)",
        remedy: all.isEmpty ? "there is none at all" : "there are: \(all.map(String.init).joined(separator: ", "))",
        exitCode: 66)
    }
    var damage: [String] = []
    for candidate in step.map({ [$0] }) ?? all.reversed() {
      let path = folder.checkpoint(candidate)
      do {
        let checkpoint = try Checkpoint(path: path)
        try compare(checkpoint, notes)
        _ = try CSVFile.match(folder.metrics, columns: columns, at: checkpoint.metrics)
        for line in damage { notes("passed over: \(line)") }
        return checkpoint
      } catch let error as FileError where error.path == folder.metrics && error.cause == .notFound {
        throw RunError(
          "\(folder.metrics) is gone; the checkpoints are there, but a run goes on with its metrics",
          remedy: "put it back, or begin a new run: gan-exp run \(ShellText.quoted(folder.resolved))", exitCode: 66)
      } catch let error as FileError {
        // Nothing is wrong with what may not be read.
        if error.cause == .denied { throw error }
        damage.append(error.message)
      }
    }
    guard let first = damage.first else { return nil }
    throw RunError(
      "no checkpoint of \(folder.path) can be used: \(first)"
        + (damage.count > 1 ? " (and \(damage.count - 1) more)" : ""),
      remedy: "begin a new run: gan-exp run \(ShellText.quoted(folder.resolved))", exitCode: 74)
  }

  /// What a checkpoint's spec says with the defaults of fields that came after the version that wrote it.
  private func resolvedAnew(_ spec: String) -> String? {
    let diagnostics = Diagnostics()
    let file = SpecFile(path: folder.resolved, bytes: [UInt8](spec.utf8), diagnostics: diagnostics)
    return file.root.flatMap { root in
      Experiment(
        root, fallbackName: experiment.name, data: .known(experiment.dataset.survey), diagnostics: diagnostics)
    }.map { ResolvedSpec.lasting($0.resolved) }
  }

  /// Refuses a changed spec; says what could change bits.
  private func compare(_ checkpoint: Checkpoint, _ notes: (String) -> Void) throws {
    let present = ResolvedSpec.lasting(experiment.resolved)
    if checkpoint.spec != present, resolvedAnew(checkpoint.spec) != present {
      let specs = [checkpoint.spec, present].compactMap { ResolvedSpec.parse($0, name: folder.resolved) }
      let differences = specs.count == 2 ? ResolvedSpec.differences(specs) : []
      let text = differences.map { "\($0.key): \($0.values[0] ?? "none") -> \($0.values[1] ?? "none")" }
      throw RunError(
        "\(folder.resolved) was changed after the run began (\(text.joined(separator: "; ")))",
        remedy: "put it back, or begin a new run; only training.epochs may grow, with gan-exp resume --epochs",
        exitCode: 65)
    }
    guard checkpoint.dataDigest == table.digest else {
      throw RunError(
        "the data are not those the run began with (SHA-256 \(table.digest.prefix(12))..., then "
          + "\(checkpoint.dataDigest.prefix(12))...)", remedy: "give the same data with --data-dir", exitCode: 65)
    }
    if checkpoint.blasCore != BLAS.coreType {
      notes(
        "the run was trained with the BLAS core type \(checkpoint.blasCore), now it is \(BLAS.coreType): it goes on, but "
          + "not with the same bits; --blas-core \(checkpoint.blasCore) would")
    }
    if checkpoint.version != Version.current {
      notes(
        "the run was trained with version \(checkpoint.version), now it is \(Version.current): it may go on with other bits"
      )
    }
  }
}
