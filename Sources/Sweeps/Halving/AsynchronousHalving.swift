/// Asynchronous successive halving (ASHA) with promotions, over virtual time.
///
/// A free worker looks from the rung below the last down to rung 0: where one of the best floor(n / eta) of the n trials that have ended
/// a rung has not gone on, it does, the best first; else a new trial begins in rung 0. Rung k ends at r eta^k steps, the last at R.
/// (Li et al., "A System for Massively Parallel Hyperparameter Tuning", 2020, algorithm 2.)
///
/// **Virtual time.** There are so many logical workers, whatever the machine has, and a job of trial i takes steps times cost(i).
/// A decision at time t knows all reports of jobs that end at t or before, and no others; it waits for those that are
/// missing. So decisions are a function of the values alone: not of how fast, in which order, or how often interrupted jobs ran.
/// Of workers that get free at once the first decides first.
///
/// **Noise.** Trials that are tied with the last of the best, within two standard errors, may go on as well. Failures never do.
package struct AsynchronousHalving: Sendable {
  /// A job: a trial trains on to the end of a rung.
  package struct Job: Sendable, Equatable {
    package let trial: Int
    package let rung: Int
    /// The logical worker, from 0.
    package let worker: Int
    /// The steps that the trial has trained before it, and at its end.
    package let steps: Range<Int>
    /// Its virtual time.
    package let time: Range<Int>
  }

  /// The value of a trial at the end of a rung; nil and NaN are failures.
  package struct Report: Sendable, Equatable {
    package let trial: Int
    package let rung: Int
    package let value: Double?

    /// Makes a report.
    package init(trial: Int, rung: Int, value: Double?) { (self.trial, self.rung, self.value) = (trial, rung, value) }
  }

  /// What follows from reports.
  package struct Schedule: Sendable, Equatable {
    /// All jobs that are decided, in the order of the decisions.
    package let jobs: [Job]
    /// Those that have not reported.
    package let open: [Job]
    /// Whether there will be no others.
    package var isFinished: Bool { open.isEmpty }
  }

  /// The steps at the ends of the rungs.
  package let rungs: [Int]
  /// The factor eta.
  package let factor: Int
  /// How many trials there are.
  package let trials: Int
  /// How many logical workers there are.
  package let parallel: Int
  /// Which values are better, and when they are tied.
  package let ranking: Ranking
  private let cost: @Sendable (Int) -> Int

  /// Makes the rule.
  /// - Parameter cost: the virtual time of one step of a trial, at least 1, such as its planned operations.
  package init(
    from first: Int, to last: Int, factor: Int, trials: Int, parallel: Int, ranking: Ranking,
    cost: @escaping @Sendable (_ trial: Int) -> Int = { _ in 1 }
  ) {
    precondition(trials >= 1 && parallel >= 1)
    rungs = HalvingPlan.steps(from: first, to: last, factor: factor)
    (self.factor, self.trials, self.parallel) = (factor, trials, parallel)
    (self.ranking, self.cost) = (ranking, cost)
  }

  /// The jobs that follow from reports, which may come in any order; those that no job asked for yet do not count.
  package func schedule(after reports: [Report]) -> Schedule {
    var state = State(rungs: rungs.count)
    let values = Dictionary(reports.map { (Key(trial: $0.trial, rung: $0.rung), $0.value) }) { first, _ in first }
    var free = Array(0..<parallel)
    var running: [Job] = []
    var now = 0
    while true {
      while let worker = free.first, let next = decide(&state) {
        free.removeFirst()
        let before = next.rung == 0 ? 0 : rungs[next.rung - 1]
        let length = (rungs[next.rung] - before) * cost(next.trial)
        let job = Job(
          trial: next.trial, rung: next.rung, worker: worker, steps: before..<rungs[next.rung], time: now..<now + length
        )
        running.append(job)
        state.jobs.append(job)
      }
      guard let end = running.map(\.time.upperBound).min() else { break }
      let ended = running.filter { $0.time.upperBound == end }
      let known = ended.map { values[Key(trial: $0.trial, rung: $0.rung)] }
      if known.contains(where: { $0 == nil }) { break }
      for (job, value) in zip(ended, known) {
        state.ended[job.rung].append(Score(trial: job.trial, value: value ?? nil))
      }
      running.removeAll { $0.time.upperBound == end }
      free = (free + ended.map(\.worker)).sorted()
      now = end
    }
    let open = running.filter { values[Key(trial: $0.trial, rung: $0.rung)] == nil }
    return Schedule(jobs: state.jobs, open: open)
  }

  private struct Key: Hashable {
    let trial: Int
    let rung: Int
  }

  private struct State {
    /// What has ended each rung.
    var ended: [[Score]]
    /// Which trials have gone on from each rung.
    var promoted: [Set<Int>]
    var begun = 0
    var jobs: [Job] = []

    init(rungs: Int) {
      ended = Array(repeating: [], count: rungs)
      promoted = Array(repeating: [], count: rungs)
    }
  }

  /// The next job of a free worker; nil where it waits.
  private func decide(_ state: inout State) -> Key? {
    for rung in (0..<rungs.count - 1).reversed() {
      let best = ranking.survivors(state.ended[rung].count / factor, of: state.ended[rung])
      if let next = best.first(where: { !state.promoted[rung].contains($0.trial) }) {
        state.promoted[rung].insert(next.trial)
        return Key(trial: next.trial, rung: rung + 1)
      }
    }
    guard state.begun < trials else { return nil }
    state.begun += 1
    return Key(trial: state.begun - 1, rung: 0)
  }
}
