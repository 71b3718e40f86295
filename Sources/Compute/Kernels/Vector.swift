import CHost

/// Eight Floats, the width every kernel is written in.
package typealias Vector = SIMD8<Float>

extension Vector {
  @inline(always) init(at pointer: UnsafePointer<Float>) {
    self = UnsafeRawPointer(pointer).loadUnaligned(as: Vector.self)
  }

  /// Eight values at `pointer`, or the first `count` when there are fewer; the other lanes are zero.
  @inline(always) init(at pointer: UnsafePointer<Float>, first count: Int) {
    self = count >= 8 ? Vector(at: pointer) : host_load_first(pointer, Int32(truncatingIfNeeded: count))
  }

  @inline(always) func store(at pointer: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: self, as: Vector.self)
  }

  /// Writes eight values, or the first `count` when there are fewer.
  @inline(always) func store(at pointer: UnsafeMutablePointer<Float>, first count: Int) {
    if count >= 8 { store(at: pointer) } else { host_store_first(pointer, Int32(truncatingIfNeeded: count), self) }
  }

  /// Calls `body` for every eight of `count` values, and for the fewer that may be left: with the place of the first, and
  /// how many they are.
  @inline(always) static func forEachBlock(of count: Int, _ body: (_ place: Int, _ length: Int) -> Void) {
    var place = 0
    while place < count {
      body(place, Swift.min(8, count &- place))
      place &+= 8
    }
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
    host_choose(self, other, unsafeBitCast(mask, to: SIMD8<Int32>.self))
  }

  /// `other` where the mask is set, else its own lanes.
  @inline(always) func replacing(with other: Float, where mask: SIMDMask<SIMD8<Int32>>) -> Vector {
    replacing(with: Vector(repeating: other), where: mask)
  }
}

/// One stretch of consecutive values that a pointwise instruction works on.
package struct Chunk {
  let out: UnsafeMutablePointer<Float>
  let a: UnsafePointer<Float>
  let b: UnsafePointer<Float>
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

  /// Calls `body` on every eight places, and on a copy of the last ones when they are fewer.
  ///
  /// The text has one call, since the compiler does not inline a long body twice, and no branch in its loop.
  @inline(always) private func visit(
    isBinary: Bool = false,
    _ body: (UnsafeMutablePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>) -> Void
  ) {
    let whole = count & ~7
    let rest = count &- whole
    var copies = (
      a: rest > 0 ? Vector(at: a + whole, first: rest) : .zero,
      b: isBinary && rest > 0 ? Vector(at: b + whole, first: rest) : .zero, out: Vector.zero
    )
    withUnsafeMutableBytes(of: &copies) { bytes in
      let copy = bytes.baseAddress!.assumingMemoryBound(to: Float.self)
      var (target, first, second) = (out, a, b)
      var end = whole
      while true {
        var i = 0
        while i < end {
          body(target + i, first + i, second + i)
          i &+= 8
        }
        if rest == 0 || target == copy + 16 { break }
        (target, first, second) = (copy + 16, UnsafePointer(copy), UnsafePointer(copy + 8))
        end = 8
      }
    }
    if rest > 0 { copies.out.store(at: out + whole, first: rest) }
  }
}

/// What a pointwise operation does to a chunk; made once while planning, run without allocation.
///
/// An object, so that threads can run it without counting references to it.
package final class Instruction: Sendable {
  let run: @Sendable (Chunk) -> Void

  init(_ run: @escaping @Sendable (Chunk) -> Void) { self.run = run }
}
