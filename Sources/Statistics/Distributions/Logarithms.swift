import Compute

/// Logarithms and exponentials that keep their digits near 0, and where an exponential would leave the range of doubles.
package enum Logarithms {
  /// ln(1 + x) of x > -1, by Kahan's correction ln(u) x / (u - 1) of the rounding in u = 1 + x.
  package static func onePlus(_ x: Double) -> Double {
    let u = 1 + x
    return u == 1 ? x : u <= 0 ? CorrectlyRounded.logarithm(u) : CorrectlyRounded.logarithm(u) * (x / (u - 1))
  }

  /// e^x - 1, likewise (u - 1) x / ln(u) with u = e^x.
  package static func exponentialMinusOne(_ x: Double) -> Double {
    let u = CorrectlyRounded.exponential(x)
    if u == 1 { return x }
    return u - 1 == -1 || u == .infinity ? u - 1 : (u - 1) * (x / CorrectlyRounded.logarithm(u))
  }

  /// ln(e^a + e^b).
  package static func sum(_ a: Double, _ b: Double) -> Double {
    let (low, high) = (min(a, b), max(a, b))
    return low == -.infinity ? high : high + onePlus(CorrectlyRounded.exponential(low - high))
  }
}
