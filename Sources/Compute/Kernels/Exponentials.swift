/// Exponentials in Double of many values at once.
///
/// e^x = 2^k e^r, k = round(x log2 e), to even where it is halfway, r = fma(-k, ln2 low, fma(-k, ln2 high, x)), e^r by Taylor's polynomial of degree 13 in
/// Horner's form with fused multiply-adds; 0 below -708. It is within 1 unit in the last place of values up to 1, and not
/// `CorrectlyRounded`'s.
package enum Exponentials {
  private typealias Eight = SIMD8<Double>

  /// ln sum_i e^(x_i): the largest value plus the logarithm of the sum of e^(x_i - largest) in eight chains, chain c over the
  /// places c, c + 8, ..., added up as ((0+4)+(2+6)) + ((1+5)+(3+7)); -infinity of none.
  package static func logSum(_ x: ArraySlice<Double>) -> Double {
    guard let largest = x.max(), largest.isFinite else { return x.max() ?? -.infinity }
    let sum = x.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return 0.0 }
      var sums = Eight.zero
      var place = 0
      while place &+ 8 <= values.count {
        sums += value(UnsafeRawPointer(base + place).loadUnaligned(as: Eight.self) - largest)
        place &+= 8
      }
      if place < values.count {
        var rest = Eight(repeating: -.infinity)
        for lane in 0..<(values.count &- place) { rest[lane] = base[place &+ lane] - largest }
        sums += value(rest)
      }
      let four = sums.lowHalf + sums.highHalf
      let two = four.lowHalf + four.highHalf
      return two[0] + two[1]
    }
    return largest + CorrectlyRounded.logarithm(sum)
  }

  /// e^x of values up to 0.
  @inline(__always)
  private static func value(_ x: Eight) -> Eight {
    let isTooSmall = x .< -708
    let x = x.replacing(with: 0, where: isTooSmall)
    // Adding 1.5 x 2^52 rounds to the nearest integer, which then stands in the low bits.
    let shifter = Eight(repeating: 0x1.8p52)
    let shifted = shifter.addingProduct(x, Eight(repeating: 0x1.71547652b82fep+0))
    let k = shifted - shifter
    var r = x.addingProduct(k, Eight(repeating: -0x1.62e42fefa39efp-1))
    r.addProduct(k, Eight(repeating: -0x1.abc9e3b39803fp-56))
    var sum = Eight(repeating: factorials[13])
    for degree in stride(from: 12, through: 0, by: -1) {
      sum = Eight(repeating: factorials[degree]).addingProduct(sum, r)
    }
    let bits = SIMD8<UInt64>(truncatingIfNeeded: unsafeBitCast(shifted, to: SIMD8<UInt64>.self))
    let power = unsafeBitCast((bits &+ 1023) &<< 52, to: Eight.self)
    return (sum * power).replacing(with: 0, where: isTooSmall)
  }

  /// 1 / n!, rounded once.
  private static let factorials: [Double] = (0...13).map { n in 1 / (1...max(n, 1)).reduce(1.0) { $0 * Double($1) } }
}
