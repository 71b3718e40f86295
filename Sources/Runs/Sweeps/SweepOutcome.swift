import Compute
import Specs
import Statistics
import Sweeps
import Training

/// What a sweep came to so far: a function of the results alone, the same however many workers there were.
package struct SweepOutcome: Codable, Sendable {
  /// A trial.
  package struct Row: Codable, Sendable {
    /// Its place in its stratum, from 1; nil before it has a value.
    package let rank: Int?
    /// Its folder.
    package let trial: String
    /// The value of the parameter `each`; empty where there is one stratum.
    package let stratum: String
    /// Where it stands: complete, rung, diverged, refused, waiting.
    package let status: String
    /// The steps that each of its runs has trained.
    package let steps: Int
    /// Its runs.
    package let runs: Int
    /// How many of them failed.
    package let failed: Int
    /// The mean of the objective over its runs; nil where one failed.
    package let value: Double?
    /// The ends of the 95 % t interval of the mean; nil of a single run.
    package let lower: Double?
    package let upper: Double?
    /// Whether it is tied with the best of its stratum, within two standard errors.
    package let isTied: Bool
    /// Operations of its training.
    package let operations: Int
    /// Its values by the keys of their parameters.
    package let values: [String: String]
  }

  /// The expected best of k trials of a stratum.
  package struct Budget: Codable, Sendable {
    package let stratum: String
    /// At place k - 1.
    package let expected: [Double]
    package let lower: [Double]
    package let upper: [Double]
  }

  /// The best of a stratum with the seeds of `then`.
  package struct Final: Codable, Sendable {
    package let stratum: String
    /// Its folder.
    package let trial: String
    /// Its runs that have ended, and those that are to be.
    package let runs: Int
    package let planned: Int
    package let failed: Int
    /// The mean over finished runs, and the ends of its 95 % t interval.
    package let mean: Double?
    package let lower: Double?
    package let upper: Double?
    /// The interquartile mean over all runs, and the ends of Tukey and McLaughlin's interval; nil of fewer than 5.
    package let interquartileMean: Double?
    package let interquartileLower: Double?
    package let interquartileUpper: Double?
    package let standardDeviation: Double?
    package let best: Double?
    package let worst: Double?
    /// The values of its runs in the order of the seeds; nil of a failure.
    package let values: [Double?]
  }

  /// Trials beyond which budget curves have no band, which takes time of their square.
  private static let mostOfBand = 1000

  /// The keys of all parameters.
  package let keys: [String]
  /// All trials, stratum by stratum, the best first.
  package let rows: [Row]
  /// The budget curves of the strata; none of methods that train trials in part.
  package let budgets: [Budget]
  /// What follows the search; none before its end.
  package let finals: [Final]
  /// Whether nothing is left to do.
  package let isFinished: Bool

  /// What the results of a sweep come to.
  /// - Parameter hasBands: whether budget curves have theirs, which take long of many trials.
  package init(_ state: inout SweepState, hasBands: Bool = true) {
    let plan = state.plan
    let work = state.work()
    let ranking = Ranking(plan.goal, noise: plan.sweep.objective.noise)
    var keys = plan.sweep.parameters.map(\.key)
    for key in work.search.standings.flatMap({ $0.assignment.pairs.map(\.key) }) where !keys.contains(key) {
      keys.append(key)
    }
    self.keys = keys
    var rows: [Row] = []
    var budgets: [Budget] = []
    let better: Scores.Better = plan.goal == .minimize ? .lower : .higher
    for (stratum, own) in plan.sweep.strata.enumerated() {
      let standings = work.search.standings.filter { $0.trial.stratum == stratum }
      let ordered = SweepSchedule.ordered(standings, ranking)
      let best = ordered.first.flatMap { $0.value.map { ($0, ordered[0].leg) } }
      for (place, standing) in ordered.enumerated() {
        let loss = plan.goal.loss(standing.value)
        let isTied =
          best.map {
            standing.leg == nil
              ? false
              : loss <= plan.goal.loss($0.0) + 2 * ranking.noise
                && standing.leg?.length == $0.1?.length
          } ?? false
        rows.append(
          Row(standing, rank: standing.value == nil ? nil : place + 1, own.label, isTied: isTied, state))
      }
      let whole = standings.filter(\.isWhole)
      // Trials that follow from earlier ones are no sample of others.
      guard plan.sweep.method.allocation == .whole, !plan.sweep.method.isAdaptive,
        whole.contains(where: { $0.value != nil })
      else { continue }
      let scores = Scores(whole.map(\.value), better: better)
      let curve = BudgetCurve(scores)
      let band = !hasBands || whole.count > SweepOutcome.mostOfBand ? [] : curve.band(random: Random(seed: 0))
      budgets.append(
        Budget(stratum: own.label, expected: curve.expected, lower: band.map(\.lower), upper: band.map(\.upper)))
    }
    self.rows = rows
    self.budgets = budgets
    var trials: [TrialNumber] = []
    for job in work.finale where trials.last != job.trial { trials.append(job.trial) }
    finals = trials.map { trial in
      Final(work.finale.filter { $0.trial == trial }, plan.sweep.strata[trial.stratum].label, better, state)
    }
    isFinished = work.search.isSearched && work.jobs.isEmpty && work.unknown.isEmpty
  }
}

extension SweepOutcome.Row {
  fileprivate init(
    _ standing: Standing, rank: Int?, _ stratum: String, isTied: Bool, _ state: SweepState
  ) {
    let trial = state.trial(standing.trial)
    let values = standing.leg.flatMap { state.values(of: $0) } ?? []
    let ends = trial.map { trial in
      state.plan.seeds.compactMap { seed in
        standing.leg.flatMap { leg in
          state.entry(
            of: SweepState.Job(
              trial: standing.trial, digest: trial.digest, seed: seed, step: state.step(of: leg, trial)))
        }
      }
    }
    let statuses = Set((ends ?? []).compactMap(\.status))
    let interval = Moments(of: values.compactMap { $0 }).estimate.interval().interval
    self.rank = rank
    self.trial = trial.map { SweepFolder.trialName($0.digest) } ?? ""
    self.stratum = stratum
    status =
      standing.leg == nil
      ? "waiting"
      : statuses.contains(.refused)
        ? "refused" : statuses.contains(.diverged) ? "diverged" : standing.isWhole ? "complete" : "rung"
    steps = (ends ?? []).compactMap(\.step).max() ?? 0
    runs = values.count
    failed = values.count { $0 == nil }
    value = standing.value
    let isMean = standing.value != nil && values.count > 1
    (lower, upper) = (isMean ? interval?.lower : nil, isMean ? interval?.upper : nil)
    self.isTied = isTied
    let trained = (ends ?? []).reduce(0) { $0 + ($1.step ?? 0) }
    operations = (trial?.operations ?? 0).multipliedReportingOverflow(by: trained).partialValue
    self.values = Dictionary(
      standing.assignment.pairs.map { ($0.key, Emitter.flowText(of: $0.value)) }
    ) { first, _ in first }
  }
}

extension SweepOutcome.Final {
  fileprivate init(
    _ jobs: [SweepState.Job], _ stratum: String, _ better: Scores.Better, _ state: SweepState
  ) {
    let ends = jobs.compactMap { state.entry(of: $0) }
    let scores = Scores(ends.map(\.value), better: better)
    func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }
    let mean = scores.moments.estimate.interval().interval
    let middle = ends.count < TrimmedMean.fewest ? nil : scores.trimmedMean.estimate
    let span = middle?.interval().interval
    self.stratum = stratum
    trial = jobs.first.map { SweepFolder.trialName($0.digest) } ?? ""
    (runs, planned, failed) = (ends.count, jobs.count, scores.failed)
    self.mean = finite(scores.moments.mean)
    (lower, upper) = (mean?.lower, mean?.upper)
    interquartileMean = middle.flatMap { finite($0.value) }
    (interquartileLower, interquartileUpper) = (span?.lower, span?.upper)
    standardDeviation = finite(scores.moments.standardDeviation)
    (best, worst) = (scores.best, scores.worst)
    values = scores.runs
  }
}
