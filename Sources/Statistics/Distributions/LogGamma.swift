import Compute

/// The logarithm of the gamma function and of what is made of it, of positive arguments.
///
/// ln Gamma(z) = (z - 1/2) ln z - z + ln(2 pi) / 2 + delta(z), delta being the correction of Stirling's series.
package enum LogGamma {
  /// ln 2 pi.
  static let logarithmOfTwoPi = 0x1.d67f1c864beb5p+0

  /// ln Gamma(z) of z > 0.
  package static func value(_ z: Double) -> Double {
    // Both are zeros, near which nothing is left of the sum's digits but what rounding gave.
    if z == 1 || z == 2 { return 0 }
    return (z - 0.5) * CorrectlyRounded.logarithm(z) - z + logarithmOfTwoPi / 2 + correction(z)
  }

  /// ln C(n, k), of 0 <= k <= n.
  package static func binomial(_ n: Int, _ k: Int) -> Double {
    precondition(0 <= k && k <= n)
    return value(Double(n + 1)) - value(Double(k + 1)) - value(Double(n - k + 1))
  }

  /// Stirling's correction of z > 0, delta(z) = 1 / (12 z) - 1 / (360 z^3) + 1 / (1260 z^5) and so on, to some 1e-16.
  ///
  /// Below 12 it is delta(z) = delta(z + 1) + (z + 1/2) ln(1 + 1/z) - 1.
  static func correction(_ z: Double) -> Double {
    var (z, below) = (z, 0.0)
    while z < 12 {
      below += (z + 0.5) * Logarithms.onePlus(1 / z) - 1
      z += 1
    }
    let square = 1 / (z * z)
    return below + coefficients.reversed().reduce(0) { $0 * square + $1 } / z
  }

  /// B(2k) / (2k (2k - 1)), B being Bernoulli's numbers; the next term is below 1e-17 from 12 on.
  private static let coefficients: [Double] = [
    1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400,
  ]
}
