import Compute
import Statistics
import Testing

struct PlanningTests {
  @Test func `seeds a group for 80 % power are those of the noncentral t`() {
    let known: [(Double, Int)] = [
      (0.5, 64), (0.8, 26), (1, 17), (1.2, 12), (1.3808022255, 10), (1.38, 10), (1.5, 9), (2, 6), (3, 4), (-1.5, 9),
    ]
    for (effect, seeds) in known { #expect(WelchPower.seeds(effect: effect) == seeds, "\(effect)") }
    #expect(WelchPower.seeds(effect: 0) == nil)
    #expect(WelchPower.seeds(effect: 0.001) == nil)
    #expect(WelchPower.seeds(effect: .nan) == nil)
    #expect(WelchPower.seeds(effect: 100) == 2)
  }

  /// Effect, seeds, and SciPy's `nct.sf(t, 2n-2, effect sqrt(n/2)) + nct.cdf(-t, ...)`, `t = t.ppf(.975, 2n-2)`.
  @Test func `the power is SciPy's`() {
    let known: [(Double, Int, Double)] = [
      (0.5, 64, 0.8014595579222541), (0.5, 63, 0.795168338123338), (1.38, 9, 0.7847082212357526),
      (1.3808022255, 10, 0.8313146798893124), (2, 6, 0.8764177714119888), (3, 4, 0.9389357455090208),
    ]
    for (effect, seeds, power) in known {
      expect(WelchPower.power(effect: effect, seeds: seeds), power, "\(effect), \(seeds):")
    }
    expect(WelchPower.power(effect: 0, seeds: 7), 0.05)
  }

  @Test func `the best of two of five is 2 on average`() {
    let curve = BudgetCurve(Scores([5, 3, 1, 2, 4], better: .lower)).expected
    expect(curve[0], 3)
    expect(curve[1], 2)
    expect(curve[4], 1)
    expect(BudgetCurve(Scores([5, 3, 1, 2, 4], better: .higher)).expected[1], 4)
  }

  /// The means of `min` over all `itertools.combinations`, and percentiles of those of the resamples that the definition of the
  /// randomness gives.
  @Test func `the budget curve is the mean over all sets, and its band that of the stream`() {
    let trials = BudgetCurve(Scores([3, 1, 4, 1.5, 9, 2.6, 5], better: .lower))
    let known = [
      3.7285714285714286, 2.185714285714286, 1.6742857142857144, 1.3828571428571428, 1.1952380952380952,
      1.0714285714285714, 1,
    ]
    let lower = [2.085714285714286, 1.3095238095238095, 1.0885714285714285, 1.0142857142857142, 1, 1, 1]
    let upper = [5.8, 4.0490476190476175, 3.315, 3.142857142857143, 3, 2.8, 2.6]
    let band = trials.band(random: Random(seed: 5))
    for k in 0..<7 {
      expect(trials.expected[k], known[k])
      expect(band[k].lower, lower[k])
      expect(band[k].upper, upper[k])
    }
  }

  @Test func `a failed trial counts like the worst that finished`() {
    #expect(
      BudgetCurve(Scores([1, nil, 3], better: .lower)).expected
        == BudgetCurve(Scores([1, 3, 3], better: .lower)).expected)
    #expect(BudgetCurve(Scores([nil, nil], better: .higher)).expected == [])
    #expect(BudgetCurve(Scores([nil, nil], better: .higher)).band(random: Random(seed: 0)) == [])
  }
}
