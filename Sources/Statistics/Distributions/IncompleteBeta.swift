import Compute

/// The regularised incomplete beta function, I_x(a, b) = int_0^x t^(a-1) (1-t)^(b-1) dt / B(a, b), of a, b > 0.
///
/// Both it and 1 - I are given, each with its own digits: the smaller one comes from the continued fraction.
package struct IncompleteBeta: Sendable {
  /// I_x(a, b).
  package let lower: Double
  /// 1 - I_x(a, b) = I_y(b, a).
  package let upper: Double

  /// At x and y = 1 - x, which the caller knows to more digits than the difference has.
  package init(x: Double, y: Double, a: Double, b: Double) {
    let power = IncompleteBeta.power(x: x, y: y, a: a, b: b)
    if x * (a + b + 2) <= a + 1 {
      lower = power == 0 ? (x > 0.5 ? 1 : 0) : power / IncompleteBeta.fraction(x: x, y: y, a: a, b: b)
      upper = 1 - lower
    } else {
      upper = power == 0 ? (y > 0.5 ? 1 : 0) : power / IncompleteBeta.fraction(x: y, y: x, a: b, b: a)
      lower = 1 - upper
    }
  }

  /// x^a y^b / B(a, b).
  ///
  /// It is sqrt(a b / (2 pi n)) e^s with n = a + b and s = delta(n) - delta(a) - delta(b) - D(a, n x) - D(b, n y), where nothing large
  /// cancels (Loader, "Fast and Accurate Computation of Binomial Probabilities", 2000).
  static func power(x: Double, y: Double, a: Double, b: Double) -> Double {
    guard x > 0, y > 0 else { return 0 }
    let n = a + b
    let stirling = LogGamma.correction(n) - LogGamma.correction(a) - LogGamma.correction(b)
    // a - n x = n y - b, of the smaller one's digits.
    let difference = x < y ? a - n * x : n * y - b
    let s = stirling - deviance(a, n * x, difference) - deviance(b, n * y, -difference)
    return (a * b / (2 * Double.pi * n)).squareRoot() * CorrectlyRounded.exponential(s)
  }

  /// D(a, m) = a ln(a / m) + m - a, of a - m as well, by a series where they are close.
  private static func deviance(_ a: Double, _ m: Double, _ difference: Double) -> Double {
    let v = difference / (a + m)
    guard abs(v) < 0.1 else { return a * CorrectlyRounded.logarithm(a / m) - difference }
    // 2 a artanh(v) - difference; v^20 is below 2^-66.
    let square = v * v
    var series = 0.0
    for k in stride(from: 19.0, through: 3, by: -2) { series = series * square + 1 / k }
    return difference * v + 2 * a * v * square * series
  }

  /// The continued fraction F of I_x(a, b) = x^a y^b / (B(a, b) F), b_0 + a_1 / (b_1 + a_2 / (b_2 + ...)), by Lentz's way.
  ///
  /// Its terms take what is near 1 from y (DiDonato and Morris, "Algorithm 708: Significant Digit Computation of the Incomplete Beta
  /// Function Ratios", 1992).
  private static func fraction(x: Double, y: Double, a: Double, b: Double) -> Double {
    let start = a * y - b * x + 1
    var result = a * start / (a + 1)
    var (c, d) = (result, 0.0)
    for step in 1...100_000 {
      let m = Double(step)
      let denominator = a + 2 * m - 1
      let numerator = m * (b - m) * x / denominator
      let above = (a + m - 1) * (a + b + m - 1) * x / denominator * numerator
      let below = m + numerator + (a + m) * (start + m * (1 + y)) / (a + 2 * m + 1)
      d = 1 / (below + above * d)
      c = below + above / c
      let factor = c * d
      result *= factor
      if abs(factor - 1) <= 0x1p-52 { break }
    }
    return result
  }
}
