import ProductTiles16
import ProductTiles8

/// The width of the vectors that products are made of.
///
/// It changes their speed and not one bit of them.
package enum Lanes: Int, CaseIterable, Sendable {
  /// No vectors: the definition value by value, to check the others against.
  case one = 1
  /// 256 bits: AVX2.
  case eight = 8
  /// 512 bits: AVX-512.
  case sixteen = 16

  /// Whether this processor has them.
  package var areSupported: Bool { self != .sixteen || HostCheck.hasAVX512 }

  /// The widest that this processor has, unless it multiplies more slowly with them.
  package static let fastest: Lanes = {
    guard Lanes.sixteen.areSupported else { return .eight }
    return Lanes.sixteen.seconds > 1.05 * Lanes.eight.seconds ? .eight : .sixteen
  }()

  /// The least time of a product that stays in the nearest cache, of several.
  private var seconds: Double {
    let (rows, columns, inner) = (16, 48, 64)
    var values = [Float](repeating: 0, count: (rows + columns) * inner + rows * columns)
    return values.withUnsafeMutableBufferPointer { values in
      guard let base = values.baseAddress else { return 0 }
      let (a, b) = (base, base + rows * inner)
      let c = b + columns * inner
      return Stopwatch.least(of: 8) {
        for _ in 0..<8 {
          for column in stride(from: 0, to: columns, by: 3 * rawValue) {
            panel(
              Factor(a, rowLength: inner), b + column, columns, c + column, columns, m: rows,
              vectors: min(3, (columns - column) / rawValue), k: inner, isAdding: false)
          }
        }
      }
    }
  }

  /// Tiles of products whose factors never change, so that nothing is fetched and nothing waits for anything, and the
  /// floating-point operations of all of them.
  func peak(tiles: Int) throws(PlanError) -> (stage: Stage, operations: Int) {
    let (rows, vectors, inner) = (8, 3, 100_000)
    let width = vectors * max(rawValue, 8)
    let count = 8 + (1 + tiles * rows) * width
    guard let values = Memory(count: count) else { throw .outOfMemory(bytes: 4 * count) }
    values.buffer.fill(0)
    let stage = Stage(tiles: tiles) { tile, _ in
      let factor = values.buffer.base
      panel(
        Factor(factor, rowStride: 1, columnStride: 0), factor + 8, 0, factor + 8 + (1 + tile &* rows) &* width, width,
        m: rows, vectors: vectors, k: inner, isAdding: false)
    }
    return (stage, 2 * tiles * rows * width * inner)
  }

  /// C[m, columns] = A[m, k] B[k, columns] for 1 to 3 vectors of columns; rows of B and C are contiguous.
  ///
  /// What of B comes `next` is fetched meanwhile: no processor foresees rows that lie far apart.
  @inline(__always)
  func panel(
    _ a: Factor, _ b: UnsafePointer<Float>, _ rowStrideOfB: Int, _ c: UnsafeMutablePointer<Float>,
    _ rowStrideOfC: Int, m: Int, vectors: Int, k: Int, isAdding: Bool,
    next: (factor: Factor, rows: Int, columns: Int)? = nil
  ) {
    let source = next?.factor ?? Factor(b, rowStride: 0, columnStride: 1)
    let lies = source.columnStride == 1
    let (nextStride, nextRows, nextLength) = (
      lies ? source.rowStride : source.columnStride, (lies ? next?.rows : next?.columns) ?? 0,
      (lies ? next?.columns : next?.rows) ?? 0
    )
    switch self {
    case .one, .eight:
      ProductTiles8.Panels.multiply(
        a.base, a.rowStride, a.columnStride, b, rowStrideOfB, c, rowStrideOfC, m: m, vectors: vectors, k: k,
        isAdding: isAdding, next: source.base, nextStride: nextStride, nextRows: nextRows, nextLength: nextLength)
    case .sixteen:
      ProductTiles16.Panels.multiply(
        a.base, a.rowStride, a.columnStride, b, rowStrideOfB, c, rowStrideOfC, m: m, vectors: vectors, k: k,
        isAdding: isAdding, next: source.base, nextStride: nextStride, nextRows: nextRows, nextLength: nextLength)
    }
  }
}
