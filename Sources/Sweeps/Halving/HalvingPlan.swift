/// A rung of halving: how many trials run how far.
package struct Rung: Sendable, Equatable {
  /// How many trials, where no ties go on.
  package let trials: Int
  /// The steps that each has trained at its end.
  package let steps: Int

  /// Makes a rung.
  package init(trials: Int, steps: Int) { (self.trials, self.steps) = (trials, steps) }
}

/// Successive halving (SHA): all trials run for a short time, and of each rung the best part goes on, a factor as long.
///
/// Of n trials from r to R steps with the factor eta, rung k = 0 ... floor(log_eta(R / r)) holds floor(n eta^-k) trials at r eta^k steps, the
/// last at R; floor(n_k / eta) of rung k go on. (Jamieson and Talwalkar, "Non-stochastic Best Arm Identification and Hyperparameter
/// Optimization", 2016; Li et al., "A System for Massively Parallel Hyperparameter Tuning", 2020.)
package struct HalvingPlan: Sendable, Equatable {
  /// The rungs, the shortest first; none is empty, so that the last is at fewer steps than R where trials are too few.
  package let rungs: [Rung]
  /// The factor eta.
  package let factor: Int

  /// The plan of so many trials.
  package init(trials: Int, from first: Int, to last: Int, factor: Int) {
    let steps = HalvingPlan.steps(from: first, to: last, factor: factor)
    self.init(trials: trials, steps: steps, factor: factor)
  }

  init(trials: Int, steps: [Int], factor: Int) {
    var left = trials
    var rungs: [Rung] = []
    for steps in steps where left > 0 {
      rungs.append(Rung(trials: left, steps: steps))
      left /= factor
    }
    (self.rungs, self.factor) = (rungs, factor)
  }

  /// The steps of rungs: r eta^k, the last R.
  package static func steps(from first: Int, to last: Int, factor: Int) -> [Int] {
    precondition(first >= 1 && last >= first && factor >= 2)
    let top = floorLogarithm(of: last / first, base: factor)
    return (0...top).map { $0 == top ? last : first * power(factor, $0) }
  }

  /// The fewest trials of which one gets to the last step: eta^floor(log_eta(R / r)).
  package static func fewestTrials(from first: Int, to last: Int, factor: Int) -> Int {
    power(factor, floorLogarithm(of: last / first, base: factor))
  }

  /// The trials that go on from a rung: as many of the best as the next one has in the plan, whichever failed, and those that are
  /// tied with the last of them.
  package func survivors(of rung: Int, _ scores: [Score], by ranking: Ranking) -> [Score] {
    guard rung + 1 < rungs.count else { return [] }
    return ranking.survivors(rungs[rung + 1].trials, of: scores)
  }

  /// The steps of all trials together: each trains on from where it stood.
  package var totalSteps: Int {
    var before = 0
    return rungs.reduce(0) { sum, rung in
      defer { before = rung.steps }
      return sum + rung.trials * (rung.steps - before)
    }
  }

  /// floor(log_base n) of n from 1, by whole numbers: quotients of rounded logarithms give 4 for 243 and the base 3.
  package static func floorLogarithm(of number: Int, base: Int) -> Int {
    precondition(number >= 1 && base >= 2)
    var (left, result) = (number, 0)
    while left >= base { (left, result) = (left / base, result + 1) }
    return result
  }

  static func power(_ base: Int, _ exponent: Int) -> Int { (0..<exponent).reduce(1) { product, _ in product * base } }
}
