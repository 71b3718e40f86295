import Compute

/// Finds the first value that was not finite.
///
/// A run is a function of its spec, so it is repeated from its last checkpoint up to the step before, and that step is
/// then run operation by operation.
struct DivergenceSearch {
  let folder: RunFolder
  let experiment: Experiment
  let trainer: Trainer
  /// Takes what went wrong on the way and did not end the search.
  let note: (String) -> Void

  func find(step failed: Int) -> Divergence {
    let plain = Divergence(
      step: failed, message: "in step \(failed) a loss or gradient was not a finite number", mark: nil)
    goBack(before: failed)
    while trainer.step < failed - 1 { trainer.runStep() }
    let found: Session.NotFinite
    do throws(PlanError) {
      guard let first = try trainer.findNotFinite() else { return plain }
      found = first
    } catch {
      note("the layer cannot be told: \(RunError(error).message)")
      return plain
    }
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
  private func goBack(before failed: Int) {
    do throws(FileError) {
      for step in try folder.checkpointSteps().reversed() where step < failed && restore(step) { return }
    } catch {
      note("\(error.message); going back to the beginning")
    }
    trainer.initialize()
  }
  private func restore(_ step: Int) -> Bool {
    let path = folder.checkpoint(step)
    do throws(FileError) {
      let checkpoint = try Checkpoint(path: path)
      try checkpoint.restore(trainer, path: path)
      return true
    } catch {
      note("\(error.message); going further back")
      return false
    }
  }
}
