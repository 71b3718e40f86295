/// An estimate with its standard error, of which (estimate - truth) / standard error has Student's t distribution.
package struct Estimate: Sendable, Equatable {
  /// The estimate; not finite where failed runs reach into it.
  package let value: Double
  /// The standard error; NaN of too few runs.
  package let standardError: Double
  /// The degrees of freedom, whole or not.
  package let degreesOfFreedom: Double

  /// Of its three numbers.
  package init(value: Double, standardError: Double, degreesOfFreedom: Double) {
    self.value = value
    self.standardError = standardError
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// Why there is neither interval nor p.
  package var degeneracy: Degeneracy? {
    if !value.isFinite { return value.isNaN ? .tooFewRuns : .failedRuns }
    guard degreesOfFreedom > 0, !standardError.isNaN else { return .tooFewRuns }
    return standardError == 0 ? .noSpread : standardError.isFinite ? nil : .failedRuns
  }

  /// The interval, value +- t standard errors, t being the quantile of `level` on both sides.
  package func interval(level: Double = 0.95) -> IntervalResult {
    if let degeneracy { return .none(degeneracy) }
    return interval(t: StudentDistribution(degreesOfFreedom: degreesOfFreedom).quantile(upper: (1 - level) / 2))
  }

  /// The same with a quantile that is known already: of many estimates with as many degrees of freedom.
  package func interval(t: Double) -> IntervalResult {
    if let degeneracy { return .none(degeneracy) }
    return .interval(Interval(lower: value - t * standardError, upper: value + t * standardError))
  }

  /// t, the value over its standard error.
  package var t: Double { value / standardError }

  /// The two-sided p of the truth being 0.
  package var p: Double? {
    degeneracy == nil ? StudentDistribution(degreesOfFreedom: degreesOfFreedom).outside(t) : nil
  }

  /// The difference of two independent estimates: se^2 = se_a^2 + se_b^2, and the degrees of freedom of Welch and Satterthwaite,
  /// se^4 / (se_a^4 / df_a + se_b^4 / df_b).
  static func - (a: Estimate, b: Estimate) -> Estimate {
    let (left, right) = (a.standardError * a.standardError, b.standardError * b.standardError)
    let sum = left + right
    let df = sum * sum / (left * left / a.degreesOfFreedom + right * right / b.degreesOfFreedom)
    // Where failed runs reach into both, inf - inf would say that there were too few.
    let value = a.value.isInfinite ? a.value : a.value - b.value
    return Estimate(value: value, standardError: sum.squareRoot(), degreesOfFreedom: sum == 0 ? 1 : df)
  }
}
