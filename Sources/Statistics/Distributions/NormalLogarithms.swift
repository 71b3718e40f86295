import Compute

// Logarithms of the standard normal distribution's probabilities, to all digits where these vanish.
//
// With t = |x|, phi the density and the upper tail Q(t) = 1 - Phi(t): for t < 2, Q = 1/2 - phi(t) (t + t^3/3 + t^5/(3 5) + ...), every
// term positive, until it changes nothing; else Q = phi(t) R(t), R Mills' ratio by Laplace's continued fraction
// 1/(t + 1/(t + 2/(t + ...))), evaluated backwards from its 80th term (Abramowitz and Stegun, "Handbook of Mathematical Functions",
// 1964, 26.2.11 and 26.2.14).
extension NormalDistribution {
  /// ln sqrt(2 pi).
  package static let logNormalizer = 0.91893853320467274178

  /// ln Phi(x), to all digits in the lower tail too, where Phi would vanish.
  package static func logCumulative(_ x: Double) -> Double {
    if x > 2 { return logOnePlus(-survival(x)) }
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
    let y = isFlipped ? CorrectlyRounded.logarithm(-exponentialMinusOne(y)) : y
    var x =
      y < -5
      ? -(-2 * (y + logNormalizer)).squareRoot()
      : -(3.0.squareRoot() / Double.pi) * CorrectlyRounded.logarithm(exponentialMinusOne(-y))
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
    guard b <= 0 else { return logOnePlus(-cumulative(a) - cumulative(-b)) }
    let upper = logCumulative(b)
    return upper + logOnePlus(-CorrectlyRounded.exponential(logCumulative(a) - upper))
  }

  /// ln(e^a + e^b).
  package static func logSum(_ a: Double, _ b: Double) -> Double {
    let (low, high) = (min(a, b), max(a, b))
    return low == -.infinity ? high : high + logOnePlus(CorrectlyRounded.exponential(low - high))
  }

  /// ln(1 + x) by Kahan's correction ln(u) x / (u - 1) of the rounding in u = 1 + x.
  package static func logOnePlus(_ x: Double) -> Double {
    let u = 1 + x
    return u == 1 ? x : u <= 0 ? CorrectlyRounded.logarithm(u) : CorrectlyRounded.logarithm(u) * (x / (u - 1))
  }

  /// e^x - 1 likewise: (u - 1) x / ln(u) with u = e^x.
  package static func exponentialMinusOne(_ x: Double) -> Double {
    let u = CorrectlyRounded.exponential(x)
    if u == 1 { return x }
    return u - 1 == -1 || u == .infinity ? u - 1 : (u - 1) * (x / CorrectlyRounded.logarithm(u))
  }

  /// Phi(x) - 1/2.
  private static func series(_ x: Double) -> Double {
    let square = x * x
    var (sum, term, odd) = (0.0, x, 1.0)
    while sum + term != sum {
      sum += term
      odd += 2
      term *= square / odd
    }
    return CorrectlyRounded.exponential(logDensity(x)) * sum
  }

  private static func millsRatio(_ t: Double) -> Double {
    var below = t
    for n in stride(from: 80.0, through: 1, by: -1) { below = t + n / below }
    return 1 / below
  }
}
