/// Elementary functions of eight Floats.
///
/// The polynomials are Chebyshev fits of our own; the errors below are the largest over the Floats of the stated range,
/// in units in the last place of the exact result (`TranscendentalTests` measures them).
package enum Transcendental {
  /// e^x, within 2 ulp on [-87, 88]; 0 below, infinity above.
  @inline(always)
  static func exp(_ x: Vector) -> Vector {
    let clamped = x.replacing(with: 89, where: x .> 89).replacing(with: -104, where: x .< -104)
    let shifted = clamped.times(Vector(repeating: 1.442_695_04), plus: Vector(repeating: roundingShift))
    let k = shifted - roundingShift
    // ln 2 in two parts, so that the remainder is exact.
    var r = k.times(Vector(repeating: -0.693_359_375), plus: clamped)
    r = k.times(Vector(repeating: 2.121_944_4e-4), plus: r)
    var p = Vector(repeating: 0.000_198_910_804_639_804_88)
    p = p.times(r, plus: Vector(repeating: 0.001_393_373_071_579_208_3))
    p = p.times(r, plus: Vector(repeating: 0.008_333_310_844_647_862))
    p = p.times(r, plus: Vector(repeating: 0.041_666_464_197_405_69))
    p = p.times(r, plus: Vector(repeating: 0.166_666_666_817_042_15))
    p = p.times(r, plus: Vector(repeating: 0.500_000_001_353_873))
    let value = (r * r).times(p, plus: r) + 1
    // 2^k in two factors: k itself may leave the range of one exponent.
    let whole = integer(shifted)
    let half = whole &>> 1
    let result = value * power(half) * power(whole &- half)
    return result.replacing(with: x, where: x .!= x)
  }

  /// 1.5 * 2^23: added to a Float of less than 2^22 it leaves the nearest integer in the lowest bits.
  private static let roundingShift: Float = 0x1.8p23

  /// The integer in the lowest bits of a Float that `roundingShift` was added to.
  @inline(always)
  private static func integer(_ shifted: Vector) -> SIMD8<Int32> {
    unsafeBitCast(shifted, to: SIMD8<Int32>.self) &- SIMD8<Int32>(repeating: 0x4b40_0000)
  }

  /// Small integers as Floats.
  @inline(always)
  private static func float(_ integer: SIMD8<Int32>) -> Vector {
    unsafeBitCast(integer &+ SIMD8<Int32>(repeating: 0x4b40_0000), to: Vector.self) - roundingShift
  }

  @inline(always)
  private static func power(_ exponent: SIMD8<Int32>) -> Vector {
    unsafeBitCast((exponent &+ 127) &<< 23, to: Vector.self)
  }

  /// The natural logarithm, within 2 ulp for normal x > 0; -infinity at 0, NaN below.
  @inline(always)
  static func log(_ x: Vector) -> Vector {
    let bits = unsafeBitCast(x, to: SIMD8<Int32>.self)
    // m in [sqrt(1/2), sqrt(2)), x = m 2^e
    let shifted = bits &- SIMD8<Int32>(repeating: 0x3f35_04f3)
    let e = float(shifted &>> 23)
    let m = unsafeBitCast(
      (shifted & SIMD8<Int32>(repeating: 0x007f_ffff)) &+ SIMD8<Int32>(repeating: 0x3f35_04f3),
      to: Vector.self)
    let f = m - 1
    var p = Vector(repeating: 0.069_716_114_714_511_82)
    p = p.times(f, plus: Vector(repeating: -0.114_797_338_466_376_35))
    p = p.times(f, plus: Vector(repeating: 0.116_854_199_234_867_24))
    p = p.times(f, plus: Vector(repeating: -0.124_256_873_314_511_06))
    p = p.times(f, plus: Vector(repeating: 0.142_490_576_456_974))
    p = p.times(f, plus: Vector(repeating: -0.166_678_023_195_012_54))
    p = p.times(f, plus: Vector(repeating: 0.200_007_157_488_921))
    p = p.times(f, plus: Vector(repeating: -0.249_999_969_579_508_82))
    p = p.times(f, plus: Vector(repeating: 0.333_333_311_800_300_46))
    let square = f * f
    var tail = (square * f) * p
    tail = e.times(Vector(repeating: -2.121_944_4e-4), plus: tail)
    tail = square.times(Vector(repeating: -0.5), plus: tail)
    let result = e.times(Vector(repeating: 0.693_359_375), plus: f + tail)
    return
      result
      .replacing(with: x, where: (x .== .infinity) .| (x .!= x))
      .replacing(with: -.infinity, where: x .== 0)
      .replacing(with: .nan, where: x .< 0)
  }

  /// The hyperbolic tangent, within 3 ulp.
  @inline(always)
  static func tanh(_ x: Vector) -> Vector {
    let magnitude = absolute(x)
    let s = x * x
    var p = Vector(repeating: -0.006_096_714_165_908_197)
    p = p.times(s, plus: Vector(repeating: 0.020_997_178_999_074_752))
    p = p.times(s, plus: Vector(repeating: -0.053_850_909_578_513_58))
    p = p.times(s, plus: Vector(repeating: 0.133_327_697_369_763_27))
    p = p.times(s, plus: Vector(repeating: -0.333_333_289_441_342_55))
    let small = (s * x).times(p, plus: x)
    let large = 1 - 2 / (exp(magnitude + magnitude) + 1)
    let signed = large.replacing(with: -large, where: x .< 0)
    return signed.replacing(with: small, where: magnitude .< 0.625).replacing(with: x, where: x .!= x)
  }

  /// The logistic function 1 / (1 + e^-x), within 3 ulp where it is a normal number.
  @inline(always)
  static func sigmoid(_ x: Vector) -> Vector {
    let e = exp(-absolute(x))
    let denominator = 1 + e
    return (1 / denominator).replacing(with: e / denominator, where: x .< 0)
      .replacing(with: x, where: x .!= x)
  }

  /// ln(1 + e^x) = max(x, 0) + log1p(e^-|x|), within 3 ulp where it is a normal number.
  @inline(always)
  static func softplus(_ x: Vector) -> Vector {
    let t = exp(-absolute(x))
    let u = 1 + t
    // log1p by Kahan's quotient, exact to rounding for small t.
    let quotient = log(u) * t / (u - 1)
    let tail = quotient.replacing(with: t, where: u .== 1)
    return (Vector.zero.replacing(with: x, where: x .> 0) + tail).replacing(with: x, where: x .!= x)
  }

  /// sin and cos of 2 pi v for v in [0, 1), within 2^-23 absolutely.
  @inline(always)
  package static func sineCosineOfTurn(_ v: Vector) -> (sine: Vector, cosine: Vector) {
    let quarters = v * 4
    let shifted = quarters + roundingShift
    let t = quarters - (shifted - roundingShift)
    let s = t * t
    var p = Vector(repeating: 0.000_158_206_303_556_477_33)
    p = p.times(s, plus: Vector(repeating: -0.004_681_266_256_726_245))
    p = p.times(s, plus: Vector(repeating: 0.079_692_582_725_630_62))
    p = p.times(s, plus: Vector(repeating: -0.645_964_096_146_795_4))
    p = p.times(s, plus: Vector(repeating: 1.570_796_326_788_1))
    let sine = p * t
    var q = Vector(repeating: 0.000_903_628_066_380_250_4)
    q = q.times(s, plus: Vector(repeating: -0.020_860_069_500_264_08))
    q = q.times(s, plus: Vector(repeating: 0.253_669_203_655_113_5))
    q = q.times(s, plus: Vector(repeating: -1.233_700_540_633_162_3))
    let cosine = q.times(s, plus: Vector(repeating: 0.999_999_999_952_489_4))
    // After odd numbers of quarter turns sine and cosine change places; bit 1 of the number is the sine's sign, of
    // the number after it the cosine's. Bits, since comparisons of integers do not become vector code.
    let turn = integer(shifted)
    let swap = 0 &- (turn & 1)
    let (sineBits, cosineBits) = (unsafeBitCast(sine, to: Bits.self), unsafeBitCast(cosine, to: Bits.self))
    let difference = (sineBits ^ cosineBits) & swap
    return (
      unsafeBitCast((sineBits ^ difference) ^ ((turn & 2) &<< 30), to: Vector.self),
      unsafeBitCast((cosineBits ^ difference) ^ (((turn &+ 1) & 2) &<< 30), to: Vector.self)
    )
  }

  private typealias Bits = SIMD8<Int32>

  /// The error function, within 4 ulp.
  @inline(always)
  static func erf(_ x: Vector) -> Vector {
    let magnitude = absolute(x)
    let s = x * x
    var p = Vector(repeating: 7.875_875_062_685_488e-05)
    p = p.times(s, plus: Vector(repeating: -0.000_801_686_428_716_587))
    p = p.times(s, plus: Vector(repeating: 0.005_189_087_423_433_974))
    p = p.times(s, plus: Vector(repeating: -0.026_854_212_010_626_412))
    p = p.times(s, plus: Vector(repeating: 0.112_835_947_151_602_08))
    p = p.times(s, plus: Vector(repeating: -0.376_126_266_667_203_34))
    p = p.times(s, plus: Vector(repeating: 1.128_379_165_848_350_9))
    let small = p * x
    let far = magnitude.replacing(with: 4, where: magnitude .> 4)
    let t = 1 / far.times(Vector(repeating: 0.5), plus: Vector(repeating: 1))
    var q = Vector(repeating: 0.120_852_433_163_171_01)
    q = q.times(t, plus: Vector(repeating: -0.476_525_274_384_609_34))
    q = q.times(t, plus: Vector(repeating: 0.571_265_175_811_981_6))
    q = q.times(t, plus: Vector(repeating: -0.110_208_294_055_693_82))
    q = q.times(t, plus: Vector(repeating: 0.351_030_323_178_788_5))
    q = q.times(t, plus: Vector(repeating: 0.258_751_366_385_519_1))
    q = q.times(t, plus: Vector(repeating: 0.285_061_620_115_570_6))
    q = q.times(t, plus: Vector(repeating: -0.000_164_236_387_081_617_66))
    let large = 1 - q * exp(-(far * far))
    let signed = large.replacing(with: -large, where: x .< 0)
    return signed.replacing(with: small, where: magnitude .<= 1).replacing(with: x, where: x .!= x)
  }

  @inline(always)
  static func absolute(_ x: Vector) -> Vector {
    unsafeBitCast(unsafeBitCast(x, to: SIMD8<UInt32>.self) & 0x7fff_ffff, to: Vector.self)
  }
}
