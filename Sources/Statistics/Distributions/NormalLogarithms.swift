import Compute

// Logarithms of the standard normal distribution's probabilities, to all digits where these vanish.
extension NormalDistribution {
  /// ln sqrt(2 pi).
  package static let logNormalizer = 0.91893853320467274178

  /// ln Phi(x), to all digits in the lower tail too, where Phi would vanish.
  package static func logCumulative(_ x: Double) -> Double {
    if x > 2 { return Logarithms.onePlus(-survival(x)) }
    if x > -2 { return CorrectlyRounded.logarithm(0.5 + series(x)) }
    return logDensity(x) + CorrectlyRounded.logarithm(millsRatio(-x))
  }

  /// ln phi(x) = -x^2/2 - ln sqrt(2 pi).
  package static func logDensity(_ x: Double) -> Double { -(x * x) / 2 - logNormalizer }

  /// The x with ln Phi(x) = y by Newton's method, x -= (ln Phi(x) - y) Phi(x) / phi(x), until a step is below 1e-8 |x|.
  ///
  /// For y near 0 it is -x' with ln Phi(x') = ln(1 - e^y). The first guess is -sqrt(-2 (y + ln sqrt(2 pi))) below -5, else that of a
  /// logistic distribution of the same variance, -sqrt(3) / pi ln(e^-y - 1).
  package static func quantile(logarithm y: Double) -> Double {
    if y == -.infinity { return y }
    if y >= 0 { return .infinity }
    let isFlipped = y > -1e-2
    let y = isFlipped ? CorrectlyRounded.logarithm(-Logarithms.exponentialMinusOne(y)) : y
    var x =
      y < -5
      ? -(-2 * (y + logNormalizer)).squareRoot()
      : -(3.0.squareRoot() / Double.pi) * CorrectlyRounded.logarithm(Logarithms.exponentialMinusOne(-y))
    for _ in 0..<100 {
      let value = logCumulative(x)
      let change = (value - y) * CorrectlyRounded.exponential(value - logDensity(x))
      x -= change
      if !(abs(change) >= 1e-8 * abs(x)) { break }
    }
    return isFlipped ? -x : x
  }

  /// The logarithm of the mass of an interval, ln(Phi(b) - Phi(a)), a <= b: in the tails a difference of logarithms, across the
  /// middle ln(1 - Phi(a) - Phi(-b)).
  package static func logMass(_ a: Double, _ b: Double) -> Double {
    if a > 0 { return logMass(-b, -a) }
    guard b <= 0 else { return Logarithms.onePlus(-cumulative(a) - cumulative(-b)) }
    let upper = logCumulative(b)
    return upper + Logarithms.onePlus(-CorrectlyRounded.exponential(logCumulative(a) - upper))
  }
}
