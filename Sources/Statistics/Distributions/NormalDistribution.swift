import Compute

/// The standard normal distribution.
package enum NormalDistribution {
  /// The density, e^(-x^2 / 2) / sqrt(2 pi).
  package static func density(_ x: Double) -> Double {
    // The square's rounding would cost digits of a power far out.
    let square = x * x
    let rest = (-square).addingProduct(x, x)
    return CorrectlyRounded.exponential(-square / 2) * (1 - rest / 2) / (2 * Double.pi).squareRoot()
  }

  /// The probability below x.
  package static func cumulative(_ x: Double) -> Double { survival(-x) }

  /// The probability above x, Q(x) = 1/2 - series(x), and from 2 on Q(x) = density(x) R(x), R being Mills' ratio.
  package static func survival(_ x: Double) -> Double {
    if x < -2 { return 1 - survival(-x) }
    return x < 2 ? 0.5 - series(x) : x == .infinity ? 0 : density(x) * millsRatio(x)
  }

  /// The probability between 0 and x, density(x) (x + x^3/3 + x^5/(3 5) + ...), every term of one sign (Abramowitz and Stegun,
  /// "Handbook of Mathematical Functions", 1964, 26.2.11).
  static func series(_ x: Double) -> Double {
    let square = x * x
    var (sum, term, odd) = (0.0, x, 1.0)
    while sum + term != sum {
      sum += term
      odd += 2
      term *= square / odd
    }
    return density(x) * sum
  }

  /// Mills' ratio Q(t) / density(t) of t from 2 on, by Laplace's continued fraction 1/(t + 1/(t + 2/(t + ...))), backwards from its
  /// 80th term, of which further ones change less than 2^-53 (26.2.14 there).
  static func millsRatio(_ t: Double) -> Double {
    var below = t
    for n in stride(from: 80.0, through: 1, by: -1) { below = t + n / below }
    return 1 / below
  }

  /// The value above which lies the probability q, 0 < q < 1.
  ///
  /// Hastings' approximation, mended by Halley's steps.
  package static func quantile(upper q: Double) -> Double {
    guard q > 0, q < 1 else { return q == 0 ? .infinity : q == 1 ? -.infinity : .nan }
    if q == 0.5 { return 0 }
    if q > 0.5 { return -quantile(upper: 1 - q) }
    let t = (-2 * CorrectlyRounded.logarithm(q)).squareRoot()
    var x = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
    for _ in 0..<4 {
      let error = (survival(x) - q) / density(x)
      x += error / (1 - x * error / 2)
    }
    return x
  }

  /// The value below which lies the probability p, 0 < p < 1.
  package static func quantile(_ p: Double) -> Double { -quantile(upper: p) }
}
