/// Random numbers for tests, the same in every run (SplitMix64: Steele, Lea and Flood, 2014).
package struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  /// A generator whose numbers follow from the seed.
  package init(_ seed: UInt64) { state = seed }

  /// The next 64 bits.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Floats of a range whose magnitude is at least `gap`: away from kinks at 0.
  package mutating func floats(
    _ count: Int, in range: ClosedRange<Float> = -2...2, gap: Float = 0
  ) -> [Float] {
    (0..<count).map { _ in
      var value = Float.random(in: range, using: &self)
      while abs(value) < gap { value = Float.random(in: range, using: &self) }
      return value
    }
  }

  /// Standard normal values.
  package mutating func normals(_ count: Int) -> [Double] {
    (0..<count).map { _ in
      (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &self) }
    }
  }
}
