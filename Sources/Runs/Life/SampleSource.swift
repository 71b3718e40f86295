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
  /// The folder of the run's spec, against which it names data; nil where the record does not say.
  package let specFolder: String?

  /// Looks for it.
  /// - Parameters:
  ///   - place: which checkpoint.
  ///   - overrides: what is changed in the checkpoint's spec, such as how samples are measured.
  ///   - notes: is told what was passed over, and how resolved.yaml differs from what was trained.
  package init(_ folder: RunFolder, at place: CheckpointChoice, overrides: [String] = [], notes: (String) -> Void)
    throws
  {
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
      guard try FileKind.of(folder.best) == .file else {
        throw RunError(
          "\(folder.path) has no best checkpoint",
          remedy: "its spec must say evaluation: {best: COLUMN} when it trains",
          exitCode: 66)
      }
      checkpoint = try Checkpoint(path: folder.best)
      path = folder.best
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
    let diagnostics = Diagnostics()
    let path = path
    let spec = SpecFile(
      path: path, bytes: [UInt8](checkpoint.spec.utf8),
      overrides: (record.epochs.map { ["training.epochs=\($0)"] } ?? []) + overrides, diagnostics: diagnostics)
    let data: DataKnowledge =
      record.data.survey.map { .known($0, validation: record.validation?.survey) } ?? .looking(.standard())
    guard let root = spec.root,
      let experiment = Experiment(root, fallbackName: record.name, data: data, diagnostics: diagnostics)
    else { throw RunError(diagnostics) }
    self.experiment = experiment
    self.checkpoint = checkpoint
    specFolder = record.data.specFolder
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
