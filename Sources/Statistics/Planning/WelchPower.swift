/// The power of Welch's two-sided t test with as many seeds in each group, normal scores and equal variances.
package enum WelchPower {
  /// The most seeds a group that are proposed.
  package static let mostSeeds = 10_000

  /// The probability to find an effect, in standard deviations of a run: P(|T| > t), T being noncentral t with 2 n - 2 degrees of
  /// freedom, shifted by effect sqrt(n / 2), and t the quantile of `alpha` on both sides.
  package static func power(effect: Double, seeds n: Int, alpha: Double = 0.05) -> Double {
    precondition(n > 1)
    let df = Double(2 * n - 2)
    let t = StudentDistribution(degreesOfFreedom: df).quantile(upper: alpha / 2)
    // Beyond 30 nothing is missed.
    let distribution = NoncentralStudent(
      degreesOfFreedom: df, shift: min(abs(effect) * (Double(n) / 2).squareRoot(), 30))
    return 1 - distribution.cumulative(t) + distribution.cumulative(-t)
  }

  /// The fewest seeds a group, from 2, that find an effect with a power; nil above 10 000.
  package static func seeds(effect: Double, power: Double = 0.8, alpha: Double = 0.05) -> Int? {
    guard effect.isFinite, self.power(effect: effect, seeds: mostSeeds, alpha: alpha) >= power else { return nil }
    var (low, high) = (1, 2)
    while self.power(effect: effect, seeds: high, alpha: alpha) < power {
      (low, high) = (high, min(2 * high, mostSeeds))
    }
    while high - low > 1 {
      let middle = (low + high) / 2
      if self.power(effect: effect, seeds: middle, alpha: alpha) < power { low = middle } else { high = middle }
    }
    return high
  }
}
