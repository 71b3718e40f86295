import Compute

/// What density and coverage are for points of the real distribution itself.
package enum Calibration {
  /// E coverage of m generated and n real points of one distribution: 1 - prod_{i=1..k} (n - i) / (m + n - i) (Naeem et al., 2020).
  package static func coverage(real n: Int, generated m: Int, k: Int) -> Double {
    1 - (1...k).reduce(1.0) { $0 * Double(n - $1) / Double(m + n - $1) }
  }

  /// Clipped density: the raw one by that of the real points among themselves, at most 1 (Salvy et al., "Clipped Density and
  /// Coverage: Robust and Calibrated Metrics", 2025).
  package static func clippedDensity(_ balls: Balls) -> Double {
    let own = balls.ownClippedDensity
    guard own > 0 else { return balls.rawClippedDensity > 0 ? 1 : 0 }
    return min(1, balls.rawClippedDensity / own)
  }

  /// Clipped coverage: the share of q from 0 to m with f(q) below the raw one (Salvy et al., 2025).
  ///
  /// f(q) is what is expected where q of the m generated points are of the real distribution: E min(J, k) / k, J being
  /// beta-binomial with q trials, k and n - k.
  package static func clippedCoverage(raw: Double, real n: Int, generated m: Int, k: Int) -> Double {
    // f(q) = 0 for q < k.
    var below = raw > 0 ? min(k, m + 1) : 0
    guard m >= k else { return Double(below) / Double(m + 1) }
    let (a, b) = (Double(k), Double(n - k))
    // P(J = 0) of q trials.
    var none = 1.0
    for q in 0...m {
      if q > 0 { none *= (b + Double(q - 1)) / (Double(n) + Double(q - 1)) }
      guard q >= k else { continue }
      var (probability, missing) = (none, 0.0)
      for j in 0..<k {
        missing += Double(k - j) * probability
        probability *= Double(q - j) / Double(j + 1) * (a + Double(j)) / (b + Double(q - j - 1))
      }
      if (Double(k) - missing) / Double(k) < raw { below += 1 }
    }
    return Double(below) / Double(m + 1)
  }
}
