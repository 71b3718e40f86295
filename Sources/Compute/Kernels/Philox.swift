import CHost

/// Philox 4x32-10 with a fixed key and the upper three words of the counter: eight blocks at once.
package struct Philox: Sendable {
  private typealias Lanes = SIMD8<UInt32>
  private typealias Wide = SIMD4<Int64>
  private let key: SIMD2<UInt32>
  private let stream: SIMD2<UInt32>
  var step: UInt32

  package init(seed: UInt64, stream: UInt64, step: UInt32) {
    key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    self.stream = SIMD2(UInt32(truncatingIfNeeded: stream), UInt32(truncatingIfNeeded: stream >> 32))
    self.step = step
  }

  /// The ten rounds on one counter, as published; the reference for the vectorised form.
  package static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var c = counter
    var k = key
    for _ in 0..<10 {
      let p = c[0].multipliedFullWidth(by: 0xD251_1F53)
      let q = c[2].multipliedFullWidth(by: 0xCD9E_8D57)
      c = SIMD4(q.high ^ c[1] ^ k[0], q.low, p.high ^ c[3] ^ k[1], p.low)
      k &+= SIMD2(0x9E37_79B9, 0xBB67_AE85)
    }
    return c
  }

  /// Eight consecutive blocks from `first`, word by word.
  @inline(always)
  private func blocks(from first: UInt32) -> (Lanes, Lanes, Lanes, Lanes) {
    let even = rounds(first, SIMD4(0, 2, 4, 6))
    let odd = rounds(first, SIMD4(1, 3, 5, 7))
    return (
      Philox.merged(even.0, odd.0), Philox.merged(even.1, odd.1), Philox.merged(even.2, odd.2),
      Philox.merged(even.3, odd.3)
    )
  }

  /// The ten rounds on the blocks `first + places`.
  ///
  /// Words lie in the lower halves of 64-bit lanes, as the processor multiplies them; what the upper halves hold
  /// does not matter.
  @inline(always)
  private func rounds(_ first: UInt32, _ places: SIMD4<Int64>) -> (Wide, Wide, Wide, Wide) {
    let (factor0, factor1) = (Wide(repeating: 0xD251_1F53), Wide(repeating: 0xCD9E_8D57))
    var c0 = Wide(repeating: Int64(first)) &+ places
    var c1 = Wide(repeating: Int64(step))
    var c2 = Wide(repeating: Int64(stream[0]))
    var c3 = Wide(repeating: Int64(stream[1]))
    var k0 = key[0]
    var k1 = key[1]
    for _ in 0..<10 {
      let p = host_low_products(c0, factor0)
      let q = host_low_products(c2, factor1)
      c0 = host_xor(host_high_halves(q), c1, Wide(repeating: Int64(k0)))
      c1 = q
      c2 = host_xor(host_high_halves(p), c3, Wide(repeating: Int64(k1)))
      c3 = p
      k0 &+= 0x9E37_79B9
      k1 &+= 0xBB67_AE85
    }
    return (c0, c1, c2, c3)
  }

  /// The lower halves of the lanes of two vectors, by turns.
  @inline(always)
  private static func merged(_ even: Wide, _ odd: Wide) -> Lanes {
    unsafeBitCast(host_merge_low(even, odd), to: Lanes.self)
  }

  /// ((w >> 9) + 0.5) 2^-23: the upper bits as the mantissa of a Float in [1, 2), minus 1, plus 2^-24; both exact.
  @inline(always)
  private static func unit(_ word: Lanes) -> Vector {
    unsafeBitCast((word &>> 9) | Lanes(repeating: 0x3f80_0000), to: Vector.self) - 1 + 0x1p-24
  }

  /// Writes values `index ..< index + count`, `make` turning four words into four values a lane.
  @inline(always)
  private func fill<Value>(
    _ out: UnsafeMutablePointer<Value>, count: Int, from index: Int,
    _ make: (Lanes, Lanes, Lanes, Lanes) -> (SIMD8<Value>, SIMD8<Value>, SIMD8<Value>, SIMD8<Value>)
  ) {
    var block = index &>> 2
    // The first and the last 32 values may be wanted in part.
    var skip = index & 3
    var written = 0
    while written < count {
      let words = blocks(from: UInt32(truncatingIfNeeded: block))
      let rows = Philox.interleaved(make(words.0, words.1, words.2, words.3))
      let wanted = min(32 &- skip, count &- written)
      if wanted == 32 {
        let target = UnsafeMutableRawPointer(out + written)
        target.storeBytes(of: rows.0, as: SIMD8<Value>.self)
        target.storeBytes(of: rows.1, toByteOffset: 32, as: SIMD8<Value>.self)
        target.storeBytes(of: rows.2, toByteOffset: 64, as: SIMD8<Value>.self)
        target.storeBytes(of: rows.3, toByteOffset: 96, as: SIMD8<Value>.self)
      } else {
        withUnsafeBytes(of: rows) { bytes in
          UnsafeMutableRawPointer(out + written).copyMemory(
            from: bytes.baseAddress! + 4 &* skip, byteCount: 4 &* wanted)
        }
        skip = 0
      }
      written &+= wanted
      block &+= 8
    }
  }

  /// Four values of each of eight blocks, block after block.
  @inline(always)
  private static func interleaved<Value>(
    _ v: (SIMD8<Value>, SIMD8<Value>, SIMD8<Value>, SIMD8<Value>)
  ) -> (SIMD8<Value>, SIMD8<Value>, SIMD8<Value>, SIMD8<Value>) {
    (
      SIMD8(v.0[0], v.1[0], v.2[0], v.3[0], v.0[1], v.1[1], v.2[1], v.3[1]),
      SIMD8(v.0[2], v.1[2], v.2[2], v.3[2], v.0[3], v.1[3], v.2[3], v.3[3]),
      SIMD8(v.0[4], v.1[4], v.2[4], v.3[4], v.0[5], v.1[5], v.2[5], v.3[5]),
      SIMD8(v.0[6], v.1[6], v.2[6], v.3[6], v.0[7], v.1[7], v.2[7], v.3[7])
    )
  }

  package func fillBits(_ out: UnsafeMutableBufferPointer<UInt32>, from index: Int) {
    guard let base = out.baseAddress else { return }
    fill(base, count: out.count, from: index) { ($0, $1, $2, $3) }
  }

  package func fillUniform(_ out: UnsafeMutableBufferPointer<Float>, from index: Int) {
    guard let base = out.baseAddress else { return }
    fill(base, count: out.count, from: index) {
      (Philox.unit($0), Philox.unit($1), Philox.unit($2), Philox.unit($3))
    }
  }

  package func fillNormal(_ out: UnsafeMutableBufferPointer<Float>, from index: Int) {
    guard let base = out.baseAddress else { return }
    fill(base, count: out.count, from: index) { w0, w1, w2, w3 in
      let (a, b) = Philox.boxMuller(Philox.unit(w0), Philox.unit(w1))
      let (c, d) = Philox.boxMuller(Philox.unit(w2), Philox.unit(w3))
      return (a, b, c, d)
    }
  }

  @inline(always)
  private static func boxMuller(_ u: Vector, _ v: Vector) -> (Vector, Vector) {
    let radius = host_square_root(-2 * Transcendental.log(u))
    let (sine, cosine) = Transcendental.sineCosineOfTurn(v)
    return (radius * cosine, radius * sine)
  }
}

extension Random {
  /// An array of `count` values that `body` writes.
  func draw<Value>(_ count: Int, _ body: (UnsafeMutableBufferPointer<Value>) -> Void) -> [Value] {
    [Value](unsafeUninitializedCapacity: count) { buffer, initialized in
      body(UnsafeMutableBufferPointer(rebasing: buffer[0..<count]))
      initialized = count
    }
  }
}
