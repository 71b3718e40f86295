/// The standardised difference of two means, in standard deviations of a run.
package struct EffectSize: Sendable, Equatable {
  /// Cohen's d: (mean_a - mean_b) / s, s^2 being the pooled variance.
  package let cohen: Double
  /// Hedges' g: d (1 - 3 / (4 (n + m - 2) - 1)), nearly without bias ("Distribution Theory for Glass's Estimator of Effect Size and
  /// Related Estimators", 1981).
  package let hedges: Double

  /// Of two groups' moments; nil where a group has fewer than two runs, or none has any spread.
  package init?(_ a: Moments, _ b: Moments) {
    guard a.count > 1, b.count > 1 else { return nil }
    let (left, right) = (Double(a.count - 1), Double(b.count - 1))
    let (s, t) = (a.standardDeviation, b.standardDeviation)
    let pooled = ((left * s * s + right * t * t) / (left + right)).squareRoot()
    guard pooled > 0 else { return nil }
    cohen = (a.mean - b.mean) / pooled
    hedges = cohen * (1 - 3 / (4 * (left + right) - 1))
  }
}
