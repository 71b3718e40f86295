/// Powers, exponentials, logarithms, cosines and sines in Double, for step sizes, schedules, the places of modes and evaluation:
/// the double nearest to the exact value.
///
/// They are computed to more than 80 bits and rounded once: only a value that lies as close to the middle between two doubles could
/// come out as its neighbour. No C library promises as much, and each has bits of its own.
package enum CorrectlyRounded {
  /// base^exponent of a base that is not negative, in the range of normal numbers.
  package static func power(_ base: Double, _ exponent: Double) -> Double {
    if base == 1 || exponent == 0 { return 1 }
    guard base > 0, base < .infinity else { return exponent > 0 ? base : 1 / base }
    // Exact values and middles between doubles are powers of whole exponents, which are multiplied out.
    if exponent > 0, exponent <= 1e6, exponent == exponent.rounded() {
      let power = repeatedProduct(base, Int(exponent))
      if power.high > 0x1p-900, power.high < 0x1p900 { return power.high }
    }
    let logarithm = logarithm(of: base)
    // Beyond the range of doubles, and maybe of the product.
    guard abs(exponent * logarithm.high) < 750 else { return exponent * logarithm.high > 0 ? .infinity : 0 }
    return exponential(of: logarithm * DoubleDouble(exponent))
  }

  /// e^x, in the range of normal numbers; below it 0, above it infinity.
  package static func exponential(_ x: Double) -> Double {
    if x == 0 || x.isNaN { return x == 0 ? 1 : x }
    guard abs(x) < 708 else { return x > 0 ? .infinity : 0 }
    return exponential(of: DoubleDouble(x))
  }

  /// ln x of a normal number; -infinity of 0.
  package static func logarithm(_ x: Double) -> Double {
    if x == 1 { return 0 }
    guard x > 0, x < .infinity else { return x == 0 ? -.infinity : x > 0 ? x : .nan }
    return logarithm(of: x).high
  }

  /// The cosine of an angle of at most some million.
  package static func cosine(_ x: Double) -> Double { circular(x, quarter: 1) }

  /// The sine of an angle of at most some million.
  package static func sine(_ x: Double) -> Double { circular(x, quarter: 0) }

  /// base^n, n from 1, by squaring.
  private static func repeatedProduct(_ base: Double, _ n: Int) -> DoubleDouble {
    var (product, square, left) = (DoubleDouble(1), DoubleDouble(base), n)
    while true {
      if left & 1 == 1 { product = product * square }
      left >>= 1
      if left == 0 { return product }
      square = square * square
    }
  }

  /// ln x = e ln 2 + 2 artanh((m - 1) / (m + 1)) of x = m 2^e, m between the roots of 1/2 and 2.
  private static func logarithm(of x: Double) -> DoubleDouble {
    var (m, e) = (x.significand, Double(x.exponent))
    if m > 1.414 { (m, e) = (m / 2, e + 1) }
    let s = DoubleDouble(m - 1) / DoubleDouble(sum: m, 1)
    let square = s * s
    // s^2 is below 0.0295: further terms are below 2^-110.
    var sum = oddParts[0]
    for part in oddParts.dropFirst() { sum = part + square * sum }
    return DoubleDouble(e) * ln2 + s * sum * DoubleDouble(2)
  }

  /// 1/45, 1/43, ..., 1/3, 1.
  private static let oddParts = stride(from: 45.0, through: 1, by: -2).map { DoubleDouble(1) / DoubleDouble($0) }

  /// e^x = 2^k e^r with r of at most half of ln 2.
  private static func exponential(of x: DoubleDouble) -> Double {
    let k = (x.high / ln2.high).rounded()
    let r = x - DoubleDouble(k) * ln2
    // Further terms are below 2^-115.
    var sum = DoubleDouble(1)
    for n in stride(from: 24.0, through: 1, by: -1) { sum = DoubleDouble(1) + r * sum / DoubleDouble(n) }
    return Double(sign: .plus, exponent: Int(k), significand: sum.high)
  }

  /// The sine of x and so many quarters of a turn.
  private static func circular(_ x: Double, quarter: Int) -> Double {
    let k = (x / halfPi[0]).rounded()
    // x - k pi/2, pi/2 in three parts, for the doubles nearest to its multiples.
    let r = halfPi.reduce(DoubleDouble(x)) { $0 - DoubleDouble(product: k, $1) }
    let square = r * r
    let turned = Int(k) + quarter
    let isCosine = turned & 1 == 1
    // Of at most pi/4 further terms are below 2^-110.
    var sum = DoubleDouble(1)
    for n in stride(from: 30.0, through: 2, by: -2) {
      let next = isCosine ? (n - 1) * n : n * (n + 1)
      sum = DoubleDouble(1) - square * sum / DoubleDouble(next)
    }
    let value = isCosine ? sum : r * sum
    return turned & 2 == 0 ? value.high : -value.high
  }

  private static let ln2 = DoubleDouble(high: 0x1.62e42fefa39efp-1, low: 0x1.abc9e3b39803fp-56)
  private static let halfPi = [0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54, -0x1.f1976b7ed8fbcp-110]
}

/// A number as the sum of two doubles, of which the first is the sum rounded.
///
/// The way is Dekker's ("A Floating-Point Technique for Extending the Available Precision", 1971), with fused multiply-adds.
private struct DoubleDouble {
  var high: Double
  var low: Double

  init(_ value: Double) { (high, low) = (value, 0) }
  init(high: Double, low: Double) { (self.high, self.low) = (high, low) }

  /// a + b, exactly.
  init(sum a: Double, _ b: Double) {
    high = a + b
    let part = high - a
    low = (a - (high - part)) + (b - part)
  }

  /// a b, exactly.
  init(product a: Double, _ b: Double) {
    high = a * b
    low = (-high).addingProduct(a, b)
  }

  static prefix func - (a: DoubleDouble) -> DoubleDouble { DoubleDouble(high: -a.high, low: -a.low) }
  static func - (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble { a + -b }

  static func + (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let (highs, lows) = (DoubleDouble(sum: a.high, b.high), DoubleDouble(sum: a.low, b.low))
    let sum = DoubleDouble(sum: highs.high, highs.low + lows.high)
    return DoubleDouble(sum: sum.high, sum.low + lows.low)
  }

  static func * (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let product = DoubleDouble(product: a.high, b.high)
    return DoubleDouble(sum: product.high, product.low + (a.high * b.low + a.low * b.high))
  }

  static func / (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let first = a.high / b.high
    let rest = a - b * DoubleDouble(first)
    let second = rest.high / b.high
    let last = (rest - b * DoubleDouble(second)).high / b.high
    return DoubleDouble(sum: first, second) + DoubleDouble(last)
  }
}
