import Files
import Specs
import Sweeps
import Training

/// What makes trials known: their folders, then their entries in the journal.
struct SweepTrials {
  private let plan: SweepPlan
  private let folder: SweepFolder
  private let command: [String]?

  init(_ plan: SweepPlan, _ folder: SweepFolder, _ command: [String]?) {
    (self.plan, self.folder, self.command) = (plan, folder, command)
  }

  /// Makes known what follows from the journal and is not in it.
  func register(_ state: inout SweepState) throws(FileError) {
    let journal = state.journal
    try journal.add { () throws(FileError) in
      guard journal.plan == plan.digest else { throw plan.changed }
      var entries: [JournalEntry] = []
      for number in state.work().unknown {
        let assignment = state.assignment(of: number)
        let diagnostics = Diagnostics()
        if let spec = plan.specs.trial(assignment, diagnostics) {
          entries.append(try entry(of: assignment, spec))
        } else if plan.specs.experiment(assignment.pairs, Diagnostics()) == nil {
          entries += refusal(of: assignment, diagnostics)
        } else {
          // What this machine has too little of is no mistake of the trial.
          let message = diagnostics.all.first { $0.severity == .error }?.message ?? "it cannot be trained here"
          throw FileError(path: plan.path, damaged: message, remedy: "train the sweep on a larger machine")
        }
      }
      return entries
    }
  }

  /// Makes a trial's folder.
  /// - Returns: what the journal says of it.
  func entry(of assignment: Assignment, _ spec: TrialSpec) throws(FileError) -> JournalEntry {
    let group = folder.trial(spec.digest)
    try DurableFile.makeFolders(group.path)
    let text = [UInt8](Emitter.text(of: spec.experiment.resolved).utf8)
    if (try? DurableFile.read(group.spec)) != text { try DurableFile.replace(group.spec, with: text) }
    try RunGroup.make(group, of: spec.experiment, seeds: plan.seeds, command: command)
    var entry = JournalEntry(.trial)
    (entry.assignment, entry.trial) = (assignment.text, spec.digest)
    (entry.operations, entry.stepsPerEpoch) = (spec.operations, spec.experiment.stepsPerEpoch)
    entry.steps = spec.experiment.totalSteps
    return entry
  }

  /// What the journal says of values with which the spec has mistakes: a trial that failed.
  private func refusal(of assignment: Assignment, _ diagnostics: Diagnostics) -> [JournalEntry] {
    var trial = JournalEntry(.trial)
    let digest = Digest.sha256([UInt8](assignment.text.utf8))
    (trial.assignment, trial.trial) = (assignment.text, digest)
    let results = plan.seeds.map { seed in
      var entry = JournalEntry(.result)
      (entry.trial, entry.seed, entry.status, entry.step) = (digest, seed, .refused, 0)
      entry.message = diagnostics.all.first { $0.severity == .error }?.message
      return entry
    }
    // A full disk may keep the first lines alone, and a trial without its results would be trained.
    return results + [trial]
  }
}
