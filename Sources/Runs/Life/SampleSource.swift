import Datasets
import Files
import Specs
import Training

/// Which checkpoint of a run is meant.
package enum CheckpointChoice: Sendable, Equatable {
  /// The newest good one.
  case newest
  /// That of a step.
  case step(Int)
  /// The best by the column that the spec names.
  case best
}

/// The newest good checkpoint of a run, or that of a step, with the experiment that it is a state of.
///
/// The experiment is built from the checkpoint's own spec: its parameters mean something in no other.
package struct SampleSource {
  package let experiment: Experiment
  package let checkpoint: Checkpoint
  /// The checkpoint's file.
  package let path: String
  /// The run's record.
  package let record: RunRecord
  /// Where the run's data are looked for; nil where none are needed.
  package let location: DataLocation?

  /// Looks for it.
  /// - Parameters:
  ///   - place: which checkpoint.
  ///   - location: where data and networks of features are looked for; nil where none are needed.
  ///   - overrides: says of the experiment what is changed in the checkpoint's spec, such as how samples are measured, or throws what
  ///     it is not fit for.
  ///   - notes: is told what was passed over, and how resolved.yaml differs from what was trained.
  package init(
    _ folder: RunFolder, at place: CheckpointChoice, in location: DataLocation? = nil,
    overrides: (Experiment) throws -> [String] = { _ in [] },
    notes: (String) -> Void
  ) throws {
    try folder.requireRun()
    let record = try RunRecord(path: folder.record)
    let identity = RunIdentity(folder: folder, record: record)
    let resolved = try? DurableFile.read(folder.resolved)
    let node = resolved.flatMap { ResolvedSpec.parse(String(decoding: $0, as: UTF8.self), name: folder.resolved) }
    let lasting = node.map(ResolvedSpec.lasting)
    var origin = identity.origin
    let standing = resolved.map(identity.resolved)
    if standing == .original || standing == .replaced { origin.spec = lasting }
    let checkpoint: Checkpoint
    var step: Int?
    if case .step(let number) = place { step = number }
    if place == .best {
      let best = try SampleSource.best(of: folder, record, lasting, origin)
      (checkpoint, path) = (best.checkpoint, best.path)
    } else {
      let finding = try CheckpointSearch(folder: folder, origin: origin).newest(at: step)
      guard let found = finding.checkpoint else {
        throw finding.failure(of: folder) ?? SampleSource.noCheckpoint(folder, record)
      }
      for candidate in finding.passedOver { notes("passed over: \(candidate.error.message)") }
      checkpoint = found
      path = folder.checkpoint(found.step)
    }
    if place == .newest, checkpoint.step < record.step {
      notes(
        "the run has done \(Decimals.count(record.step)) steps; the newest good checkpoint is that of step "
          + Decimals.count(checkpoint.step))
    }
    if let lasting {
      let changes = identity.changes(lasting, checkpoint)
      if !changes.isEmpty {
        notes(
          "\(folder.resolved) is not what was trained (\(RunIdentity.text(changes))): the samples are of the checkpoint's own spec"
        )
      }
    } else {
      notes("\(folder.resolved) cannot be read: the samples are of the checkpoint's own spec")
    }
    var location = location
    location?.specFolder = record.data.specFolder
    location?.isOfRun = true
    var experiment = try record.experiment(of: checkpoint.spec, path: path)
    let changes = try overrides(experiment)
    if location != nil || !changes.isEmpty {
      experiment = try record.experiment(of: checkpoint.spec, path: path, overrides: changes, in: location)
    }
    (self.experiment, self.checkpoint, self.record, self.location) = (experiment, checkpoint, record, location)
  }

  /// The best checkpoint of a run whose spec asks for it.
  private static func best(
    of folder: RunFolder, _ record: RunRecord, _ spec: String?, _ origin: CheckpointOrigin
  ) throws -> BestCheckpoint {
    let nothing = RunError(
      "\(folder.path) has no best checkpoint",
      remedy: "its spec must say evaluation: {best: COLUMN} when it trains", exitCode: 66)
    let hasFile = try FileKind.of(folder.best) == .file
    guard let spec = try spec ?? (hasFile ? Checkpoint(unverified: folder.best).spec : nil),
      let step = try BestCheckpoint.step(of: record.experiment(of: spec, path: folder.resolved), in: folder)
    else { throw nothing }
    guard try hasFile || FileKind.of(folder.checkpoint(step)) == .file else {
      throw RunError(
        "the best checkpoint of \(folder.path), that of step \(step), is not there any more",
        remedy: "let the run go on to a better one, or give another step", exitCode: 66)
    }
    return try BestCheckpoint(of: step, in: folder, origin: origin)
  }

  /// What is to be said of a run without checkpoints (66): what to do depends on whether it will make one.
  private static func noCheckpoint(_ folder: RunFolder, _ record: RunRecord) -> RunError {
    let run = "gan-exp run \(ShellText.quoted(folder.resolved))"
    return switch record.status {
    case .diverged:
      RunError(
        "\(folder.path) diverged before its first checkpoint: there is nothing to sample from",
        remedy: "begin a new run with lower learning rates; record.checkpoint_every: 1 makes one of every epoch",
        exitCode: 66)
    case _ where record.step > 0:
      RunError(
        "\(folder.path) has done \(record.step) steps, but its checkpoints are gone",
        remedy: "put one back, or train it anew: \(run)", exitCode: 66)
    default:
      RunError("\(folder.path) has no checkpoint yet", remedy: "let it train to its first checkpoint", exitCode: 66)
    }
  }
}

extension RunRecord {
  /// The experiment that a checkpoint's spec describes, on the data of this run.
  /// - Parameter location: where what is not known of them is looked at; nil where nothing is.
  package func experiment(
    of spec: String, path: String, overrides: [String] = [], in location: DataLocation? = nil
  ) throws(RunError) -> Experiment {
    let diagnostics = Diagnostics()
    let file = SpecFile(
      path: path, bytes: [UInt8](spec.utf8), overrides: (epochs.map { ["training.epochs=\($0)"] } ?? []) + overrides,
      diagnostics: diagnostics)
    let knowledge: DataKnowledge =
      data.survey.map { .known($0, validation: validation?.survey, in: location) }
      ?? .looking(location ?? .standard())
    guard let root = file.root,
      let experiment = Experiment(root, fallbackName: name, data: knowledge, diagnostics: diagnostics)
    else { throw RunError(diagnostics) }
    return experiment
  }
}
