import Compute

/// The noncentral t distribution: that of (Z + delta) / sqrt(chi^2 / nu), Z being standard normal.
///
/// By Lenth's series of incomplete beta functions ("Algorithm AS 243: Cumulative Distribution Function of the Non-Central t
/// Distribution", 1989).
package struct NoncentralStudent: Sendable {
  /// The degrees of freedom, nu.
  package let degreesOfFreedom: Double
  /// The mean's shift, delta, of at most 30 either way.
  package let shift: Double

  /// With so many degrees of freedom and a shift.
  package init(degreesOfFreedom: Double, shift: Double) {
    precondition(degreesOfFreedom > 0 && abs(shift) <= 30)
    self.degreesOfFreedom = degreesOfFreedom
    self.shift = shift
  }

  /// The probability below t.
  ///
  /// Of t >= 0, with x = t^2 / (nu + t^2) and u = delta^2 / 2: Phi(-delta) + sum_j (p_j I_x(j + 1/2, nu/2) + q_j I_x(j + 1, nu/2))
  /// / 2, where p_j = e^-u u^j / j! and q_j = delta e^-u u^j / (sqrt 2 Gamma(j + 3/2)).
  package func cumulative(_ t: Double) -> Double {
    guard t >= 0 else {
      return 1 - NoncentralStudent(degreesOfFreedom: degreesOfFreedom, shift: -shift).cumulative(-t)
    }
    let u = shift * shift / 2
    let (ratio, b) = (t * t / degreesOfFreedom, degreesOfFreedom / 2)
    let (x, y) = (ratio / (1 + ratio), 1 / (1 + ratio))
    var p = CorrectlyRounded.exponential(-u)
    var q = shift * p * (2 / Double.pi).squareRoot()
    var (sum, left, j) = (0.0, 1.0, 0.0)
    // What is left of the Poisson weights bounds what is left of the sum.
    while left > 1e-15 || j < u {
      sum += p * IncompleteBeta(x: x, y: y, a: j + 0.5, b: b).lower
      sum += q * IncompleteBeta(x: x, y: y, a: j + 1, b: b).lower
      left -= p
      p *= u / (j + 1)
      q *= u / (j + 1.5)
      j += 1
      if j > 2 * u + 200 { break }
    }
    return NormalDistribution.cumulative(-shift) + sum / 2
  }
}
