import CHost

/// Eight Floats, the width every kernel is written in.
package typealias Vector = SIMD8<Float>

extension Vector {
  @inline(always) init(at pointer: UnsafePointer<Float>) {
    self = UnsafeRawPointer(pointer).loadUnaligned(as: Vector.self)
  }

  /// The first `count` (fewer than 8) values at `pointer`; the other lanes are zero.
  @inline(always) init(at pointer: UnsafePointer<Float>, first count: Int) {
    self = .zero
    for lane in 0..<count { self[lane] = pointer[lane] }
  }

  @inline(always) func store(at pointer: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: self, as: Vector.self)
  }

  @inline(always) func store(at pointer: UnsafeMutablePointer<Float>, first count: Int) {
    for lane in 0..<count { pointer[lane] = self[lane] }
  }

  /// The sum of the lanes in the order ((0+4)+(2+6)) + ((1+5)+(3+7)).
  @inline(always) var total: Float {
    let four = lowHalf + highHalf
    let two = four.lowHalf + four.highHalf
    return two[0] + two[1]
  }

  /// `self * factor + addend`, rounded once.
  @inline(always) func times(_ factor: Vector, plus addend: Vector) -> Vector {
    addend.addingProduct(self, factor)
  }

  /// The lanes of `other` where the mask is set, else its own.
  ///
  /// The standard library's function of this name goes lane by lane, which the compiler does not always put together
  /// again.
  @inline(always) func replacing(with other: Vector, where mask: SIMDMask<SIMD8<Int32>>) -> Vector {
    _mm256_blendv_ps(self, other, unsafeBitCast(mask, to: Vector.self))
  }

  /// `other` where the mask is set, else its own lanes.
  @inline(always) func replacing(with other: Float, where mask: SIMDMask<SIMD8<Int32>>) -> Vector {
    replacing(with: Vector(repeating: other), where: mask)
  }
}

/// One stretch of consecutive values that a pointwise instruction works on.
public struct Chunk {
  let out: UnsafeMutablePointer<Float>
  let a: UnsafePointer<Float>
  let b: UnsafePointer<Float>
  let c: UnsafePointer<Float>
  let count: Int
  /// The place of the first value within the whole array.
  let index: Int

  /// out = body(a), value for value.
  @inline(always) func map(_ body: (Vector) -> Vector) {
    visit { out, a, _ in body(Vector(at: a)).store(at: out) }
  }

  /// out = body(a, b), value for value.
  @inline(always) func map2(_ body: (Vector, Vector) -> Vector) {
    visit(isBinary: true) { out, a, b in body(Vector(at: a), Vector(at: b)).store(at: out) }
  }

  /// Calls `body` on every eight places; the last, if fewer, are done on copies.
  ///
  /// There is one call in the text, since the compiler inlines a long body only once.
  @inline(always) private func visit(
    isBinary: Bool = false,
    _ body: (UnsafeMutablePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>) -> Void
  ) {
    var copies = (out: Vector.zero, a: Vector.zero, b: Vector.zero)
    withUnsafeMutableBytes(of: &copies) { bytes in
      let spare = bytes.baseAddress!.assumingMemoryBound(to: Float.self)
      let whole = count & ~7
      let rest = count &- whole
      var (target, first, second) = (out, a, b)
      var end = whole
      while true {
        var i = 0
        while i < end {
          body(target + i, first + i, second + i)
          i &+= 8
        }
        if rest == 0 { return }
        if target == spare { break }
        (spare + 8).update(from: a + whole, count: rest)
        if isBinary { (spare + 16).update(from: b + whole, count: rest) }
        (target, first, second) = (spare, UnsafePointer(spare + 8), UnsafePointer(spare + 16))
        end = 8
      }
      (out + whole).update(from: spare, count: rest)
    }
  }
}

/// What a pointwise operation does to a chunk; made once while planning, run without allocation.
public struct Instruction: Sendable {
  let run: @Sendable (Chunk) -> Void

  init(_ run: @escaping @Sendable (Chunk) -> Void) { self.run = run }
}
