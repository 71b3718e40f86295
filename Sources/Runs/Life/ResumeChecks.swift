import Compute
import Files
import Specs
import Training

/// What is compared before a run goes on; nothing here changes a file.
extension Resumption {
  /// A run cannot end before where it is.
  func refuseGoingBack(to experiment: Experiment, from step: Int) throws(RunError) {
    guard step > experiment.totalSteps else { return }
    throw RunError(
      "the run has done \(step) steps, more than \(experiment.totalSteps)",
      remedy: "give at least \(experiment.epoch(of: step)) epochs, or begin a new run", exitCode: 64)
  }

  /// The experiment of a run as it was frozen, with a new number of epochs if that is asked.
  func frozenExperiment(_ identity: RunIdentity) throws -> Experiment {
    let bytes = try DurableFile.read(folder.resolved)
    var overrides: [String] = []
    switch identity.resolved(bytes) {
    case .original, .unknown: break
    // The process before was killed between the record and the file.
    case .replaced: overrides = record.epochs.map { ["training.epochs=\($0)"] } ?? []
    case .changed: throw identity.changed(bytes)
    }
    let frozen = try experiment(bytes, overrides)
    // A record of an earlier version has no digest; that it knows the steps must do.
    guard record.steps == frozen.totalSteps else { throw identity.changed(bytes) }
    guard let epochs = options.epochs else { return frozen }
    return try experiment(bytes, ["training.epochs=\(epochs)"])
  }

  private func experiment(_ bytes: [UInt8], _ overrides: [String]) throws(RunError) -> Experiment {
    let diagnostics = Diagnostics()
    let spec = SpecFile(path: folder.resolved, bytes: bytes, overrides: overrides, diagnostics: diagnostics)
    guard let root = spec.root,
      let experiment = Experiment(
        root, fallbackName: record.name,
        data: record.data.survey.map { .known($0, validation: record.validation?.survey, in: location) }
          ?? .looking(location),
        diagnostics: diagnostics),
      Footprint(experiment, limit: machine.memory, threads: threads, diagnostics: diagnostics) != nil
    else { throw RunError(diagnostics) }
    return experiment
  }

  /// metrics.csv, evaluation.csv or counts.csv, without which a run that has checkpoints cannot go on.
  func text(_ path: String) throws -> MetricsText {
    do throws(FileError) {
      return try MetricsText(path: path)
    } catch {
      guard error.cause == .notFound else { throw error }
      throw RunError(
        "\(path) is gone; the checkpoints are there, but a run goes on with its metrics",
        remedy: "put it back, or begin a new run: gan-exp run \(ShellText.quoted(folder.resolved))", exitCode: 66)
    }
  }

  /// Refuses to begin again where the run has been further (74).
  func requireBeginning(_ experiment: Experiment, _ finding: CheckpointSearch.Finding) throws {
    if let failure = finding.failure(of: folder) { throw failure }
    guard record.step > 0 else { return }
    throw RunError(
      "\(folder.checkpoints) is empty, but the run has done \(record.step) steps",
      remedy: "put a checkpoint back, or begin a new run: gan-exp run \(ShellText.quoted(folder.resolved))",
      exitCode: 74)
  }

  /// Whether nothing is left to do; tidies up what a process that was killed at the end has left.
  /// - Parameter texts: those of the record's tables that the checkpoint knows, in the order of these.
  mutating func isDone(_ experiment: Experiment, _ step: Int, _ texts: [MetricsText?]) throws -> Bool {
    let isEarly = record.endedEarly == true && step == record.step && options.epochs == nil
    guard options.step == nil, record.status == .complete, isEarly || step == experiment.totalSteps else {
      return false
    }
    if options.epochs != nil, experiment.training.steps == step {
      throw RunError(
        "training.steps ends the run at step \(step), however many epochs there are",
        remedy: "begin a new run: gan-exp run \(ShellText.quoted(folder.resolved)) --set training.steps=N",
        exitCode: 64)
    }
    // The last row may come after the last checkpoint; it is written again from what that holds.
    for (table, text) in zip(record.tables, texts) {
      guard options.epochs == nil, let end = table.place, let text, !text.is(CSVFile.Position(end)) else { continue }
      notes.append("\(text.path) is not as it was at the end of the run: it is restored")
      return false
    }
    for (name, digest) in (record.conclusion ?? [:]).sorted(by: { $0.key > $1.key }) where options.epochs == nil {
      guard try Resumption.digest(of: "\(folder.path)/\(name)") != digest else { continue }
      notes.append("\(folder.path)/\(name) is not as it was at the end of the run: it is made again")
      return false
    }
    try RunTidying(folder: folder, experiment: experiment).removeSurplusCheckpoints(at: step, isEnd: true)
    guard !isEarly else {
      notes.append(
        "the run ended at step \(Decimals.count(step)): \(record.reason ?? ""); "
          + "a new run with a larger patience, or with less in training.stop_when, goes further")
      return true
    }
    notes.append(
      "all \(Decimals.count(step)) steps are done" + (options.epochs == nil ? "; give --epochs to go further" : ""))
    return true
  }

  /// The digest of a file; nil where there is none.
  private static func digest(of path: String) throws(FileError) -> String? {
    try FileKind.of(path) == .file ? Digest.sha256(try DurableFile.read(path)) : nil
  }

  /// Refuses other data than those that the run began with (65).
  func compare(_ data: TaskData) throws(RunError) {
    try compare(record.data.digest, data.table.digest, "the data are not those the run began with")
    try record.features?.compare(data.features)
    try record.initialWeights?.compare(data.initialWeights)
    guard let validation = record.validation, let table = data.validation else { return }
    try compare(
      validation.digest, table.digest, "the data to evaluate on are not those the run began with")
  }

  private func compare(_ old: String, _ new: String, _ what: String) throws(RunError) {
    guard old != new else { return }
    throw RunError(
      "\(what) (SHA-256 \(old.prefix(12))..., now \(new.prefix(12))...)",
      remedy: "give the same data with --data-dir", exitCode: 65)
  }

  /// Says what could change bits.
  mutating func compareVersions(_ checkpoint: Checkpoint) {
    if checkpoint.arithmetic != ArithmeticVersion.current {
      let old = ArithmeticVersion.text(checkpoint.arithmetic)
      let new = ArithmeticVersion.text(ArithmeticVersion.current)
      notes.append("the run was trained with \(old), now it is \(new): it goes on, but not with the same bits")
    }
    if checkpoint.version != Version.current {
      notes.append(
        "the run was trained with version \(checkpoint.version), now it is \(Version.current): it may go on with other bits"
      )
    }
  }

  /// Refuses a metrics.csv with other columns, as another version may have written it (65).
  func requireColumns(_ columns: [String], _ metrics: MetricsText?) throws(FileError) {
    let header = columns.joined(separator: ",")
    guard let metrics, !metrics.lines(beginWith: header) else { return }
    throw FileError(path: folder.metrics, damaged: "its columns are not \(header)")
  }
}
