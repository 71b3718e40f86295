import Host
import Runs
import Specs
import Sweeps
import Training

/// What a sweep takes: its trials, arithmetic, time and disk, before anything is trained.
package struct SweepEstimate: Codable, Sendable {
  /// A rung, or all of the training.
  package struct Rung: Codable, Sendable {
    /// How long its trials have trained at its end, `9 epochs`; nil for all of their training.
    package let length: String?
    /// How many trials get there.
    package let trials: Int
  }

  /// The rungs of a stratum, bracket by bracket.
  package let rungs: [[Rung]]
  /// The values of the parameter `each`; one empty text where there is one stratum.
  package let strata: [String]
  /// Trials in all.
  package let trials: Int
  /// Runs of the search.
  package let runs: Int
  /// Runs that follow it.
  package let finalRuns: Int
  /// Operations in all.
  package let operations: Double
  /// Seconds on this machine; nil where they were not measured.
  package let seconds: Double?
  /// Bytes on the disk.
  package let disk: Double
  /// Whether the values of all trials are known, so that operations are theirs; else they are those of the spec.
  package let isKnown: Bool

  /// - Parameters:
  ///   - trials: those that are known.
  ///   - threads: those of the machine.
  package init(
    _ plan: SweepPlan, _ trials: [(trial: TrialNumber, assignment: Assignment, spec: TrialSpec)], threads: Int?
  ) throws(RunError) {
    let sweep = plan.sweep
    let base = plan.baseSpec
    strata = sweep.strata.map(\.label)
    self.trials = sweep.trialCount
    isKnown = trials.count == sweep.trialCount
    let whole = Double(base.operations) * Double(base.experiment.totalSteps)
    /// Operations of a trial's training to its end.
    let each =
      trials.isEmpty ? [whole] : trials.map { Double($0.spec.operations) * Double($0.spec.experiment.totalSteps) }
    let mean = each.reduce(0, +) / Double(each.count)
    var brackets: [[Rung]] = []
    /// The training of all trials of a stratum, in whole trainings.
    var shares = Double(sweep.strata.first?.search.trials ?? 0)
    if let rungs = sweep.rungs {
      let plans =
        sweep.method.allocation == .hyperband
        ? HyperbandPlan(from: rungs.first.count, to: rungs.last.count, factor: rungs.factor).brackets
        : [
          HalvingPlan(
            trials: sweep.strata.first?.search.trials ?? 0, from: rungs.first.count, to: rungs.last.count,
            factor: rungs.factor)
        ]
      brackets = plans.map { plan in
        plan.rungs.map {
          Rung(length: TrainingLength(count: $0.steps, unit: rungs.last.unit).text, trials: $0.trials)
        }
      }
      let length =
        rungs.last.unit == .epochs ? Double(rungs.last.count) : Double(base.experiment.totalSteps)
      shares = plans.reduce(0.0) { $0 + Double($1.totalSteps) } / length
    } else {
      brackets = [[Rung(length: nil, trials: sweep.strata.first?.search.trials ?? 0)]]
    }
    rungs = brackets
    runs = sweep.trialCount * plan.seeds.count
    let finalists = sweep.finale.map { $0.best * sweep.strata.count } ?? 0
    finalRuns = finalists * (sweep.finale?.seeds.count ?? 0)
    operations = mean * (shares * Double(sweep.strata.count * plan.seeds.count) + Double(finalRuns))
    // A checkpoint holds all that lives from step to step.
    let kept = min(base.experiment.recording.checkpointsKept, base.experiment.training.epochs) + 1
    disk = Double(runs + finalRuns) * (Double(4 * base.experiment.layout.count * kept) + 1e6)
    guard let threads else {
      seconds = nil
      return
    }
    let time = try TimeEstimate(base.experiment, base.footprint, threads: threads)
    seconds = operations / Double(max(1, base.operations)) * time.secondsPerStep
  }
}
