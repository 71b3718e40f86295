import Compute
import Foundation
import TestSupport
import Testing

/// Powers, cosines and sines beside exact values.
@Suite struct CorrectlyRoundedTests {
  /// Base, exponent and the nearest double, by 120 decimal digits; glibc 2.36 gives the neighbour of five of them.
  private static let powers: [(Double, Double, Double)] = [
    (0.999, 1, 0x1.ff7ced916872bp-1), (0.999, 2, 0x1.fef9fcb0c026dp-1), (0.999, 100, 0x1.cf40ea930fdf5p-1),
    (0.999, 2904, 0x1.c04c8a080419dp-5), (0.999, 4630, 0x1.3ee7826c4472fp-7), (0.999, 5038, 0x1.a80aefcb823e5p-8),
    (0.999, 46900, 0x1.3bfe35948d3a3p-68), (0.9, 1, 0x1.ccccccccccccdp-1), (0.9, 3, 0x1.753f7ced91688p-1),
    (0.9, 50, 0x1.51c1fff764631p-8), (0.9, 1000, 0x1.fee7413dac341p-153), (0.9, 3270, 0x1.ee8510b0b4ec8p-498),
    (0.9, 5332, 0x1.6ef78073f472dp-811), (0.5, 1000, 0x1p-1000), (0.99, 468, 0x1.28f9cb985d956p-7),
    (0.9999, 123456, 0x1.23aa8026770fap-18), (0.7, 2, 0x1.f5c28f5c28f5bp-2), (0.3, 2.5, 0x1.93d32bceafc29p-5),
    (0.96, 1.375, 0x1.e40d90b383a71p-1), (0.25, 0.5, 0x1p-1), (0.5, 0.064, 0x1.e9c88b642ecbbp-1),
    (0.1, 0.1, 0x1.96b230bcdc434p-1), (0.123456789, 3.3, 0x1.075a88fe220b5p-10), (2, 0.5, 0x1.6a09e667f3bcdp+0),
    (1.5, -7.25, 0x1.b13d617e4397fp-5), (0.001, 0.75, 0x1.7089380241edfp-8),
  ]

  /// Angle, cosine and sine, likewise; multiples of a right angle among them.
  private static let angles: [(Double, Double, Double)] = [
    (1e-10, 0x1p+0, 0x1.b7cdfd9d7bdbbp-34), (0.5, 0x1.c1528065b7d50p-1, 0x1.eaee8744b05f0p-2),
    (1.0, 0x1.14a280fb5068cp-1, 0x1.aed548f090ceep-1), (0.7853981633974483, 0x1.6a09e667f3bcdp-1, 0x1.6a09e667f3bccp-1),
    (1.5707963267948966, 0x1.1a62633145c07p-54, 0x1p+0), (2.0, -0x1.aa22657537205p-2, 0x1.d18f6ead1b446p-1),
    (3.141592653589793, -0x1p+0, 0x1.1a62633145c07p-53), (4.0, -0x1.4eaa606db24c1p-1, -0x1.837b9dddc1eaep-1),
    (4.71238898038469, -0x1.a79394c9e8a0ap-53, -0x1p+0), (6.0, 0x1.eb9b7097822f5p-1, -0x1.1e1f18ab0a2c0p-2),
    (0.8975979010256552, 0x1.3f3a0e28bedd2p-1, 0x1.904c37505de4bp-1),
    (2.6927937030769655, -0x1.cd4bca9cb5c70p-1, 0x1.bc4c04d71abc3p-2),
    (3.6376335988934443, -0x1.c24a622e3e9fbp-1, -0x1.e75ec0ded7be5p-2),
    (3.025237370123505, -0x1.fc89bcef44cf4p-1, 0x1.db843e5771747p-4),
    (1.5707963267948968, -0x1.72cece675d1fdp-53, 0x1p+0), (22.0, -0x1.fffadd8d4acdap-1, -0x1.220a29f6eb9f4p-7),
    (100.0, 0x1.b981dbf665fdfp-1, -0x1.03425b78c4db8p-1),
  ]

  @Test(arguments: powers) func `a power is the double nearest to the exact value`(
    base: Double, exponent: Double, exact: Double
  ) {
    #expect(CorrectlyRounded.power(base, exponent) == exact)
  }

  @Test(arguments: angles) func `cosine and sine are the doubles nearest to the exact values`(
    angle: Double, cosine: Double, sine: Double
  ) {
    #expect(CorrectlyRounded.cosine(angle) == cosine && CorrectlyRounded.cosine(-angle) == cosine)
    #expect(CorrectlyRounded.sine(angle) == sine && CorrectlyRounded.sine(-angle) == -sine)
  }

  @Test(
    arguments: [
      (0, 3, 0), (0, 0.5, 0), (0, 0, 1), (1, .infinity, 1), (0.5, .infinity, 0), (0.5, 2000, 0), (0.9, 1e7, 0),
      (3, 1e5, .infinity), (0.3, 1e300, 0), (0.3, 1e-300, 1), (0.5, 1000.5, 0x1.6a09e667f3bcdp-1001),
    ] as [(Double, Double, Double)])
  func `powers at the ends of the numbers are as they should be`(base: Double, exponent: Double, value: Double) {
    #expect(CorrectlyRounded.power(base, exponent) == value)
  }

  @Test func `a power that is the middle of two doubles goes to the even one`() {
    // Squares of 27 bits and cubes of 18 bits, which doubles hold but for one bit.
    for odd in stride(from: 1 << 26 | 1, to: 1 << 27, by: 1_000_002) {
      let (square, root) = (UInt64(odd * odd), Double(odd) * 0x1p-27)
      #expect(CorrectlyRounded.power(root, 2) == Double(square) * 0x1p-54)
    }
    for odd in stride(from: 1 << 17 | 1, to: 1 << 18, by: 5002) {
      #expect(CorrectlyRounded.power(Double(odd), 3) == Double(UInt64(odd * odd * odd)))
    }
  }

  #if arch(x86_64)
    /// The double nearest to what an extended double of 64 bits is within 2 units of; nil where that leaves two.
    private static func nearest(_ value: Float80) -> Double? {
      let (below, above) = (Double(value.nextDown.nextDown), Double(value.nextUp.nextUp))
      return below == above ? below : nil
    }

    @Test func `any argument gives what extended doubles give, rounded`() {
      var generator = SeededGenerator(3)
      var decided = 0
      func check(_ found: Double, _ exact: Float80, _ what: @autoclosure () -> String) {
        guard let nearest = CorrectlyRoundedTests.nearest(exact) else { return }
        decided += 1
        #expect(found == nearest, "\(what())")
      }
      for _ in 0..<10_000 {
        let base = Double.random(in: 0..<1, using: &generator)
        let exponents = [
          Double(Int.random(in: 1...500, using: &generator)), Double.random(in: 0...20, using: &generator),
        ]
        for exponent in exponents where base > 0 && exponent * log(base) > -690 {
          check(
            CorrectlyRounded.power(base, exponent), pow(Float80(base), Float80(exponent)), "\(base)^\(exponent)")
        }
        let angle = Double.random(in: 0...7, using: &generator)
        check(CorrectlyRounded.cosine(angle), cos(Float80(angle)), "cos \(angle)")
        check(CorrectlyRounded.sine(angle), sin(Float80(angle)), "sin \(angle)")
      }
      #expect(decided > 30_000)
    }
  #endif
}
