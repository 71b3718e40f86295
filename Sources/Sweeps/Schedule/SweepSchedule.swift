import Specs

/// What is to be trained next in a sweep, as a function of the results so far and of nothing else: not of the order in which they
/// came, nor of who trained.
package struct SweepSchedule {
  package let sweep: Sweep
  /// The virtual time of a trial's training by one unit of the rungs, at least 1, for asha.
  private let cost: @Sendable (TrialNumber, Assignment) -> Int
  /// The assignments that are decided, by stratum.
  private var assignments: [[Assignment]]

  /// What came of a leg of a trial with these values; nil where it has not ended.
  package typealias Lookup = (Leg, Assignment) -> LegResult?

  /// What follows from results.
  package struct State: Sendable {
    /// Legs that wait for their results, in the order in which they are best trained.
    package fileprivate(set) var open: [Leg] = []
    /// All trials that are decided.
    package fileprivate(set) var standings: [Standing] = []
    /// The best of each stratum, once its search has ended, at most as many as `then` asks for.
    package fileprivate(set) var best: [[TrialNumber]?] = []

    /// Whether all searches have ended.
    package var isSearched: Bool { best.allSatisfy { $0 != nil } }
  }

  package init(_ sweep: Sweep, cost: @escaping @Sendable (TrialNumber, Assignment) -> Int = { _, _ in 1 }) {
    (self.sweep, self.cost) = (sweep, cost)
    assignments = sweep.strata.map { _ in [] }
  }

  /// The order of values.
  package func ranking(goal: Goal) -> Ranking { Ranking(goal, noise: sweep.objective.noise) }

  /// The state after some results.
  /// - Parameters:
  ///   - goal: which values are better.
  ///   - result: what came of a leg; nil where it has not ended.
  package mutating func state(goal: Goal, _ result: Lookup) -> State {
    var state = State()
    for stratum in sweep.strata.indices {
      let legs = self.legs(of: stratum, goal, result)
      let standings = standings(of: stratum, legs, result)
      let open = legs.filter { result($0, assignment(of: $0.trial)) == nil }
      state.open += open
      state.standings += standings
      state.best.append(
        open.isEmpty && isDecided(stratum) ? best(of: standings, ranking(goal: goal)) : nil)
    }
    return state
  }

  /// The assignment of a trial that is decided.
  package func assignment(of trial: TrialNumber) -> Assignment { assignments[trial.stratum][trial.number] }

  /// Whether all trials of a stratum have their assignments.
  private func isDecided(_ stratum: Int) -> Bool { assignments[stratum].count == sweep.strata[stratum].search.trials }

  /// All legs of a stratum that are decided.
  private mutating func legs(of stratum: Int, _ goal: Goal, _ result: Lookup) -> [Leg] {
    let search = sweep.strata[stratum].search
    func leg(_ number: Int, _ length: Int?) -> Leg {
      Leg(TrialNumber(stratum: stratum, number: number), length: length)
    }
    decide(stratum, goal, result)
    guard let rungs = sweep.rungs else { return assignments[stratum].indices.map { leg($0, nil) } }
    let ranking = ranking(goal: goal)
    func length(_ count: Int) -> Int? { count == rungs.last.count ? nil : count }
    func halving(_ plan: HalvingPlan, _ trials: Range<Int>) -> [Leg] {
      var legs: [Leg] = []
      var present = Array(trials)
      for (rung, own) in plan.rungs.enumerated() {
        let now = present.map { leg($0, length(own.steps)) }
        legs += now
        let scores = now.compactMap { leg in
          result(leg, assignment(of: leg.trial)).map { Score(trial: leg.trial.number, value: $0.value) }
        }
        guard scores.count == now.count else { break }
        present = plan.survivors(of: rung, scores, by: ranking).map(\.trial).sorted()
      }
      return legs
    }
    switch sweep.method.allocation {
    case .whole: return assignments[stratum].indices.map { leg($0, nil) }
    case .halving:
      return halving(
        HalvingPlan(trials: search.trials, from: rungs.first.count, to: rungs.last.count, factor: rungs.factor),
        0..<search.trials)
    case .hyperband:
      let plan = HyperbandPlan(from: rungs.first.count, to: rungs.last.count, factor: rungs.factor)
      return plan.brackets.indices.flatMap { halving(plan.brackets[$0], plan.trials(of: $0)) }
    case .asynchronous:
      let own = assignments[stratum]
      let cost = cost
      let rule = AsynchronousHalving(
        from: rungs.first.count, to: rungs.last.count, factor: rungs.factor, trials: search.trials,
        parallel: sweep.parallel, ranking: ranking
      ) { cost(TrialNumber(stratum: stratum, number: $0), own[$0]) }
      let reports = own.indices.flatMap { number in
        rule.rungs.enumerated().compactMap { rung, count in
          result(leg(number, length(count)), own[number]).map {
            AsynchronousHalving.Report(trial: number, rung: rung, value: $0.value)
          }
        }
      }
      return rule.schedule(after: reports).jobs.map { leg($0.trial, length(rule.rungs[$0.rung])) }
    }
  }

  /// Decides the assignments that results allow.
  private mutating func decide(_ stratum: Int, _ goal: Goal, _ result: Lookup) {
    let search = sweep.strata[stratum].search
    guard sweep.method.isAdaptive else {
      while assignments[stratum].count < search.trials {
        assignments[stratum].append(
          sweep.method.assignment(of: assignments[stratum].count, in: search, after: []))
      }
      return
    }
    let aimed = Search(
      space: search.space, seed: search.seed, trials: search.trials, parallel: search.parallel, goal: goal)
    while assignments[stratum].count < search.trials {
      let next = assignments[stratum].count
      let observations = assignments[stratum].enumerated().map { number, assignment in
        let ended = result(Leg(TrialNumber(stratum: stratum, number: number), length: nil), assignment)
        return Observation(
          trial: number, assignment: assignment, outcome: ended.map { .complete($0.value) } ?? .running)
      }
      // It reads those of the trials before next - parallel + 1.
      let isWaiting = observations.prefix(max(0, next - search.parallel + 1)).contains {
        if case .running = $0.outcome { true } else { false }
      }
      guard !isWaiting else { return }
      assignments[stratum].append(sweep.method.assignment(of: next, in: aimed, after: observations))
    }
  }

  private func standings(of stratum: Int, _ legs: [Leg], _ result: Lookup) -> [Standing] {
    var own: [Int: [Leg]] = [:]
    for leg in legs { own[leg.trial.number, default: []].append(leg) }
    return own.keys.sorted().map { number in
      let legs = (own[number] ?? []).sorted { ($0.length ?? .max) < ($1.length ?? .max) }
      let assignment = assignments[stratum][number]
      let ended = legs.prefix { result($0, assignment) != nil }
      return Standing(
        trial: TrialNumber(stratum: stratum, number: number), assignment: assignment,
        leg: ended.last, value: ended.last.flatMap { result($0, assignment)?.value }, legs: ended.count,
        isWhole: ended.last.map { $0.length == nil } ?? false, isOpen: ended.count < legs.count)
    }
  }

  /// The best of those that trained longest.
  private func best(of standings: [Standing], _ ranking: Ranking) -> [TrialNumber] {
    // Equal values are one trial, however often they were drawn.
    var known: Set<String> = []
    let distinct = SweepSchedule.ordered(standings, ranking)
      .filter { $0.value != nil && known.insert($0.assignment.text).inserted }
    return distinct.prefix(sweep.finale?.best ?? 1).map(\.trial)
  }

  /// From the best to the worst: those that trained longer first, then by value, failures last.
  package static func ordered(_ standings: [Standing], _ ranking: Ranking) -> [Standing] {
    standings.map { standing in
      let length = standing.value == nil ? -1 : standing.leg.map { $0.length ?? .max } ?? -1
      return (length: -length, loss: ranking.goal.loss(standing.value), standing: standing)
    }
    .sorted { ($0.length, $0.loss, $0.standing.trial) < ($1.length, $1.loss, $1.standing.trial) }.map(\.standing)
  }
}
