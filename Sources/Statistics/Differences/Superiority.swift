import Compute

/// The probability that a run of one group is better than a run of another, P(A better) + P(equal) / 2: Mann and Whitney's U / (n m).
///
/// The placement of a run is the share of the other group's runs that it beats. Of both groups' variances of placements s^2 the
/// standard error is sqrt(s_a^2 / n + s_b^2 / m) (DeLong et al., "Comparing the Areas under Two or More Correlated Receiver
/// Operating Characteristic Curves", 1988).
package struct Superiority: Sendable, Equatable {
  /// The probability, ties counted half.
  package let value: Double
  /// Its standard error; NaN where a group has one run.
  package let standardError: Double
  /// The sizes of the groups.
  private let sizes: (n: Int, m: Int)

  /// Of two groups with the same direction, failed runs ranking worst.
  package init(of a: Scores, over b: Scores) {
    precondition(a.better == b.better)
    let sign = a.better == .lower ? 1.0 : -1
    let (left, right) = (a.all.map { sign * $0 }, b.all.map { sign * $0 })
    func placements(_ own: [Double], _ others: [Double]) -> [Double] {
      own.map { value in others.reduce(0) { $0 + (value < $1 ? 1 : value == $1 ? 0.5 : 0) } / Double(others.count) }
    }
    let (ofA, ofB) = (Moments(of: placements(left, right)), Moments(of: placements(right, left)))
    sizes = (left.count, right.count)
    value = left.isEmpty || right.isEmpty ? .nan : ofA.mean
    let (s, t) = (ofA.estimate.standardError, ofB.estimate.standardError)
    standardError = (s * s + t * t).squareRoot()
  }

  /// The interval on the scale of ln(p / (1 - p)), p +- t se / (p (1 - p)), t being Student's quantile with n + m - 2 degrees of
  /// freedom.
  ///
  /// Where one group is better in all pairs there is no such scale: one end is 0 or 1, and the other Newcombe's ("Confidence
  /// Intervals for an Effect Size Measure Based on the Mann-Whitney Statistic. Part 2", 2006, method 5), with the same t.
  package func interval(level: Double = 0.95) -> IntervalResult {
    guard !standardError.isNaN else { return .none(.tooFewRuns) }
    let df = Double(sizes.n + sizes.m - 2)
    let t = StudentDistribution(degreesOfFreedom: df).quantile(upper: (1 - level) / 2)
    if value == 1 { return .interval(Interval(lower: farEnd(t), upper: 1)) }
    if value == 0 { return .interval(Interval(lower: 0, upper: 1 - farEnd(t))) }
    guard standardError > 0 else { return .none(.noSpread) }
    let logit = CorrectlyRounded.logarithm(value / (1 - value))
    let half = t * standardError / (value * (1 - value))
    func probability(_ logit: Double) -> Double { 1 / (1 + CorrectlyRounded.exponential(-logit)) }
    return .interval(Interval(lower: probability(logit - half), upper: probability(logit + half)))
  }

  /// The theta that lies t standard errors of its own below 1: n m (1 - theta) = t^2 theta (1 + ((n + m) / 2 - 1) ((1 - theta) / (2 -
  /// theta) + theta / (1 + theta))).
  private func farEnd(_ t: Double) -> Double {
    let (n, m) = (Double(sizes.n), Double(sizes.m))
    var (low, high) = (0.0, 1.0)
    for _ in 0..<60 {
      let theta = (low + high) / 2
      let growth = (1 - theta) / (2 - theta) + theta / (1 + theta)
      let isBelow = n * m * (1 - theta) > t * t * theta * (1 + ((n + m) / 2 - 1) * growth)
      (low, high) = isBelow ? (theta, high) : (low, theta)
    }
    return low
  }

  package static func == (a: Superiority, b: Superiority) -> Bool {
    a.value == b.value && a.standardError == b.standardError && a.sizes == b.sizes
  }
}
