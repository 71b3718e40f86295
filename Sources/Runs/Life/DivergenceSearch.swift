import Compute
import Training

/// Finds the first value that was not finite.
///
/// A run is a function of its spec, so it is repeated from its last checkpoint up to the step before, and that step is
/// then run operation by operation. A signal ends the search: which step it was is known without it.
struct DivergenceSearch {
  let folder: RunFolder
  let experiment: Experiment
  let trainer: Trainer
  /// What the run's checkpoints say of their origin.
  let origin: CheckpointOrigin
  /// Takes what a person should know of the search.
  let note: (String) -> Void

  func find(step failed: Int) -> Divergence {
    let plain = Divergence(
      step: failed, message: "in step \(failed) a loss or gradient was not a finite number", mark: nil)
    let found: Session.NotFinite
    do {
      try goBack(before: failed)
      while trainer.step < failed - 1 {
        if let signal = Interruption.signal {
          note("the search for the first value that was not finite was ended \(Interruption.text(signal))")
          return plain
        }
        trainer.runStep()
      }
      guard let first = try trainer.findNotFinite() else { return plain }
      found = first
    } catch {
      note("the layer cannot be told: \(RunError(of: error).message)")
      return plain
    }
    return divergence(found, failed)
  }

  private func divergence(_ found: Session.NotFinite, _ failed: Int) -> Divergence {
    let place = experiment.layer(of: found.origin)
    let what: String
    if let variable = found.variable {
      what = "the new value of \(ResolvedSpec.path(ofTensor: variable))"
    } else if found.origin.isGradient {
      what = "a gradient (\(found.operation))"
    } else {
      what = "a value (\(found.operation))"
    }
    let location =
      place.map { " in \($0.path) \($0.layer)" } ?? (found.isOfSamples ? " in the data" : " in the loss")
    return Divergence(
      step: failed, message: "in step \(failed) \(what)\(location) was the first that is not a finite number",
      mark: place?.mark)
  }

  /// Puts the trainer back to its last good checkpoint before a step, or to the beginning.
  private func goBack(before failed: Int) throws {
    let finding = try CheckpointSearch(folder: folder, origin: origin).newest(before: failed)
    for candidate in finding.passedOver { note("passed over: \(candidate.error.message)") }
    let from = finding.checkpoint.map { "step \($0.step)" } ?? "the beginning"
    note("step \(failed) is not finite; repeating the run from \(from) to find out where; Ctrl-C leaves it at that")
    if let checkpoint = finding.checkpoint {
      try checkpoint.restore(trainer, path: folder.checkpoint(checkpoint.step))
    } else {
      trainer.initialize()
    }
  }
}
