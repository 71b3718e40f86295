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

  /// The probability above x: 1/2 - density (x + x^3/3 + x^5/15 + ...), and from 2.5 on Laplace's continued fraction, density /
  /// (x + 1/(x + 2/(x + ...))).
  package static func survival(_ x: Double) -> Double {
    if x < -2.5 { return 1 - survival(-x) }
    guard x < 2.5 else {
      var below = x
      for k in stride(from: 160.0, through: 1, by: -1) { below = x + k / below }
      return density(x) / below
    }
    var (term, sum, k) = (x, x, 1.0)
    while abs(term) > 0x1p-56 * abs(sum) {
      k += 2
      term *= x * x / k
      sum += term
    }
    return 0.5 - density(x) * sum
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
