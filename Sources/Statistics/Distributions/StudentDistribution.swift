import Compute

/// Student's t distribution with nu > 0 degrees of freedom, whole or not.
package struct StudentDistribution: Sendable {
  /// The degrees of freedom, nu.
  package let degreesOfFreedom: Double

  /// With so many degrees of freedom.
  package init(degreesOfFreedom: Double) {
    precondition(degreesOfFreedom > 0)
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The probability above t: I_x(nu/2, 1/2) / 2 with x = nu / (nu + t^2), of t >= 0.
  package func survival(_ t: Double) -> Double {
    if t.isInfinite { return t > 0 ? 0 : 1 }
    let half = IncompleteBeta(x: share(t), y: share(t, rest: true), a: degreesOfFreedom / 2, b: 0.5)
    return t >= 0 ? half.lower / 2 : 0.5 + half.upper / 2
  }

  /// The probability below t.
  package func cumulative(_ t: Double) -> Double { survival(-t) }

  /// The two-sided p, P(|T| > |t|).
  package func outside(_ t: Double) -> Double { 2 * survival(abs(t)) }

  /// The value above which lies the probability q, 0 < q < 1.
  ///
  /// Newton's steps from the normal quantile; that lies on the near side of a convex function, so that no step goes too far.
  package func quantile(upper q: Double) -> Double {
    guard q > 0, q < 1 else { return q == 0 ? .infinity : q == 1 ? -.infinity : .nan }
    if q == 0.5 { return 0 }
    if q > 0.5 { return -quantile(upper: 1 - q) }
    var t = NormalDistribution.quantile(upper: q)
    for _ in 0..<2000 {
      let density = IncompleteBeta.power(x: share(t), y: share(t, rest: true), a: degreesOfFreedom / 2, b: 0.5) / t
      let step = (survival(t) - q) / density
      guard step > 0x1p-53 * t, step.isFinite else { break }
      t += step
    }
    return t
  }

  /// The value below which lies the probability p, 0 < p < 1.
  package func quantile(_ p: Double) -> Double { -quantile(upper: p) }

  /// nu / (nu + t^2), or the rest to 1, as squares allow.
  private func share(_ t: Double, rest: Bool = false) -> Double {
    let ratio = t * t / degreesOfFreedom
    return rest ? (ratio.isFinite ? ratio / (1 + ratio) : 1) : 1 / (1 + ratio)
  }
}
