import Files
import Sweeps
import Training

/// Where a sweep stands: its schedule and its journal as one.
package struct SweepState {
  package let plan: SweepPlan
  package let folder: SweepFolder
  package let journal: Journal
  private var schedule: SweepSchedule
  private let results: SweepResults

  /// A run that is to be trained.
  package struct Job: Sendable, Hashable {
    package let trial: TrialNumber
    /// The digest of the trial.
    package let digest: String
    package let seed: UInt64
    /// The step at which it ends; nil for the end of the run.
    package let step: Int?

    /// Its run.
    package var key: Journal.RunKey { Journal.RunKey(trial: digest, seed: seed) }
  }

  /// What is to be done now.
  package struct Work: Sendable {
    /// What follows from the results so far.
    package let search: SweepSchedule.State
    /// Trials without an entry in the journal.
    package let unknown: [TrialNumber]
    /// The runs that wait to be trained, in the order in which they are best begun.
    package let jobs: [Job]
    /// The runs that follow the search, done or not; empty before its end.
    package let finale: [Job]
  }

  package init(_ plan: SweepPlan, in folder: SweepFolder, _ journal: Journal) {
    (self.plan, self.folder, self.journal) = (plan, folder, journal)
    results = SweepResults(plan, journal)
    schedule = SweepSchedule(plan.sweep) { _, _ in 1 }
    guard plan.sweep.method.allocation == .asynchronous else { return }
    // All trials are known, and in the journal, before the first is trained.
    // In thousandths of the spec's own cost: whole numbers, whose sums are exact.
    let isByEpochs = plan.sweep.rungs?.last.unit == .epochs
    @Sendable func cost(_ operations: Int, _ stepsPerEpoch: Int) -> Double {
      Double(operations) * Double(isByEpochs ? stepsPerEpoch : 1)
    }
    let own = cost(max(1, plan.baseSpec.operations), plan.baseSpec.experiment.stepsPerEpoch)
    schedule = SweepSchedule(plan.sweep) { [trials = journal.trials] _, assignment in
      trials[assignment.text].map { trial in
        Int(min(max((1000 * cost(trial.operations, trial.stepsPerEpoch) / own).rounded(), 1), 1e6))
      } ?? 1
    }
  }

  /// The work that follows from the journal as it was last read.
  package mutating func work() -> Work {
    let results = results
    let search = schedule.state(goal: plan.goal) { leg, assignment in results.result(of: leg, assignment) }
    var jobs: [Job] = []
    var unknown: [TrialNumber] = []
    for standing in search.standings where journal.trials[standing.assignment.text] == nil {
      unknown.append(standing.trial)
    }
    for leg in search.open {
      guard let trial = trial(leg.trial) else { continue }
      for seed in plan.seeds {
        let job = Job(trial: leg.trial, digest: trial.digest, seed: seed, step: results.step(of: leg, trial))
        if entry(of: job) == nil { jobs.append(job) }
      }
    }
    var finale: [Job] = []
    if search.isSearched, let last = plan.sweep.finale {
      for number in search.best.flatMap({ $0 ?? [] }) {
        guard let trial = trial(number) else { continue }
        finale += last.seeds.map { Job(trial: number, digest: trial.digest, seed: $0, step: nil) }
      }
    }
    return Work(search: search, unknown: unknown, jobs: jobs + finale.filter { entry(of: $0) == nil }, finale: finale)
  }

  /// Writes what the results come to so far, for those who look at the folder meanwhile.
  mutating func publish() throws(RunError) {
    let outcome = SweepOutcome(&self, hasBands: false)
    // Who finds nothing left to do writes all of it, and must not be overtaken.
    guard !outcome.isFinished else { return }
    try SweepFiles(folder, plan, outcome).write()
  }

  /// What the journal knows of a trial; nil where it is not in it.
  package func trial(_ number: TrialNumber) -> Journal.Trial? { results.trial(schedule.assignment(of: number)) }

  /// The values of a trial's parameters.
  package func assignment(of trial: TrialNumber) -> Assignment { schedule.assignment(of: trial) }

  /// The step at the end of a leg; nil for the end of the run.
  package func step(of leg: Leg, _ trial: Journal.Trial) -> Int? { results.step(of: leg, trial) }

  /// The values of a leg's runs, one a seed; nil where one has not ended.
  package func values(of leg: Leg) -> [Double?]? { results.values(of: leg, schedule.assignment(of: leg.trial)) }

  /// What the journal has of a job's end, or of an earlier end of its run.
  package func entry(of job: Job) -> JournalEntry? { results.entry(of: job) }
}

/// What a journal says of the legs of a sweep's trials.
struct SweepResults {
  private let plan: SweepPlan
  private let journal: Journal

  init(_ plan: SweepPlan, _ journal: Journal) { (self.plan, self.journal) = (plan, journal) }

  /// What the journal knows of a trial; nil where it is not in it.
  func trial(_ assignment: Assignment) -> Journal.Trial? { journal.trials[assignment.text] }

  /// The step at the end of a leg; nil for the end of the run.
  func step(of leg: Leg, _ trial: Journal.Trial) -> Int? {
    guard let length = leg.length, let unit = plan.sweep.rungs?.last.unit else { return nil }
    let step = unit == .epochs ? length * trial.stepsPerEpoch : length
    return step < trial.steps ? step : nil
  }

  /// The values of a leg's runs, one a seed; nil where one has not ended.
  func values(of leg: Leg, _ assignment: Assignment) -> [Double?]? {
    guard let trial = trial(assignment) else { return nil }
    let step = step(of: leg, trial)
    var values: [Double?] = []
    for seed in plan.seeds {
      guard let entry = entry(of: SweepState.Job(trial: leg.trial, digest: trial.digest, seed: seed, step: step)) else {
        return nil
      }
      values.append(entry.value)
    }
    return values
  }

  func result(of leg: Leg, _ assignment: Assignment) -> LegResult? {
    values(of: leg, assignment).map { LegResult(Score.mean($0)) }
  }

  /// What the journal has of a job's end, or of an earlier end of its run.
  func entry(of job: SweepState.Job) -> JournalEntry? {
    journal.results[job.key]?.last { entry in
      switch entry.status {
      // It fails at the same step however far it is to go.
      case .diverged, .refused: return job.step.map { entry.step ?? 0 <= $0 } ?? true
      case .rung, .complete:
        guard entry.metric == plan.column.name, entry.which == plan.which else { return false }
        return entry.status == .complete ? job.step.map { entry.step ?? 0 <= $0 } ?? true : entry.step == job.step
      case nil: return false
      }
    }
  }
}
