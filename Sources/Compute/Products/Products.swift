/// Products of matrices, by the definition of `Documentation/arithmetic.md`: each value is a sum of pieces, each piece a
/// chain of fused multiply-adds over 256 inner places in increasing order that begins at +0.
///
/// How the result is cut into tiles and panels, and which factor is packed, changes no bit.
package struct Products: Sendable {
  /// The inner places of a piece: part of the definition.
  package static let piece = 256
  /// The most vectors of columns in a panel.
  private static let widestPanel = 3
  /// Rows of a panel that is made aside, because its place in the result is no whole vectors.
  private static let rowsAside = 64
  /// Values of a worker's own memory that a product needs.
  package static let scratch = (piece + rowsAside) * widestPanel * 16 + 16

  package let lanes: Lanes

  package init(lanes: Lanes) { self.lanes = lanes }

  /// C[m, n] = A[m, k] B[k, n], added to what C holds where asked: the pieces one after another.
  ///
  /// The rows of C lie `stride` values apart. Where B is read only once it is fetched ahead, since it is in no near cache.
  package func multiply(
    _ a: Factor, _ b: Factor, into c: UnsafeMutablePointer<Float>, stride: Int, m: Int, n: Int, k: Int,
    isAdding: Bool = false, readsOnce: Bool = false, scratch: UnsafeMutablePointer<Float>
  ) {
    if lanes == .one {
      return multiplyOneByOne(a, b, into: c, stride: stride, m: m, n: n, k: k, isAdding: isAdding)
    }
    let free = Products.aligned(scratch)
    var start = 0
    while start < k {
      let length = min(Products.piece, k &- start)
      let (left, right) = (a.from(row: 0, column: start), b.from(row: start, column: 0))
      let adds = isAdding || start > 0
      let rest = k &- start &- length
      if isTransposedCheaper(left, right, m: m, n: n, k: length) {
        piece(
          right.transposed, left.transposed, c, rowStride: 1, columnStride: stride, m: n, n: m, k: length, adds, free,
          following: nil)
      } else {
        piece(
          left, right, c, rowStride: stride, columnStride: 1, m: m, n: n, k: length, adds, free,
          following: readsOnce ? min(rest, length) : nil)
      }
      start &+= length
    }
  }

  /// Whether B^T A^T costs less than A B, which must pack what is not contiguous along the columns of the result and fill
  /// whole vectors of them.
  private func isTransposedCheaper(_ a: Factor, _ b: Factor, m: Int, n: Int, k: Int) -> Bool {
    let width = lanes.rawValue
    // In units of a multiply-add of a vector: moving a value costs about six times what multiplying it does.
    func padded(_ count: Int) -> Int { (count &+ width &- 1) / width &* width }
    let here = padded(n) &* m &* k &+ (b.columnStride == 1 ? 0 : 6 &* n &* k)
    let there = padded(m) &* n &* k &+ (a.rowStride == 1 ? 0 : 6 &* m &* k) &+ 12 &* m &* n
    return there < here
  }

  /// One piece of the product, panel by panel; so many inner places follow in the next one, nil where nothing is fetched
  /// ahead.
  private func piece(
    _ a: Factor, _ b: Factor, _ c: UnsafeMutablePointer<Float>, rowStride: Int, columnStride: Int, m: Int, n: Int,
    k: Int, _ isAdding: Bool, _ free: UnsafeMutablePointer<Float>, following: Int?
  ) {
    var column = 0
    while column < n {
      let left = n &- column
      let vectors = panelVectors(left)
      let width = min(left, vectors &* lanes.rawValue)
      let isWhole = width == vectors &* lanes.rawValue
      let source = b.from(row: 0, column: column)
      let target = c + column &* columnStride
      var (values, stride) = (source.base, source.rowStride)
      if source.columnStride != 1 || !isWhole || isPackingCheaper(rowStride: source.rowStride, m: m) {
        stride = vectors &* lanes.rawValue
        Packing.pack(source, rows: k, columns: width, into: free, width: stride)
        values = UnsafePointer(free)
      }
      if columnStride == 1, isWhole {
        let isLast = column &+ width == n
        let next = isLast ? b.from(row: k, column: 0) : b.from(row: 0, column: column &+ width)
        let rows = following.map { isLast ? $0 : k } ?? 0
        lanes.panel(
          a, values, stride, target, rowStride, m: m, vectors: vectors, k: k, isAdding: isAdding,
          next: rows > 0 ? (next, rows, min(isLast ? n : left &- width, width)) : nil)
      } else {
        let aside = free + Products.piece &* Products.widestPanel &* 16
        var row = 0
        while row < m {
          let rows = min(Products.rowsAside, m &- row)
          let columns = vectors &* lanes.rawValue
          lanes.panel(
            a.from(row: row, column: 0), values, stride, aside, columns, m: rows, vectors: vectors, k: k,
            isAdding: false)
          Packing.unpack(
            aside, width: columns, rows: rows, columns: width, into: target + row &* rowStride, rowStride: rowStride,
            columnStride: columnStride, isAdding: isAdding)
          row &+= rows
        }
      }
      column &+= width
    }
  }

  /// Whether rows of B are better copied next to each other: they are read once for each tile of rows, from many pages,
  /// and where they lie a power of two apart they drive each other out of the cache.
  private func isPackingCheaper(rowStride: Int, m: Int) -> Bool {
    lanes == .eight ? m >= 48 : m >= 96 && rowStride >= 1024
  }

  /// The vectors of the next panel: three, but so that the last one is not a single one.
  private func panelVectors(_ columns: Int) -> Int {
    let vectors = (columns &+ lanes.rawValue &- 1) / lanes.rawValue
    return vectors == 4 ? 2 : min(vectors, Products.widestPanel)
  }

  /// The next place on a cache line.
  @inline(__always)
  private static func aligned(_ pointer: UnsafeMutablePointer<Float>) -> UnsafeMutablePointer<Float> {
    UnsafeMutableRawPointer(pointer).alignedUp(toMultipleOf: 64).assumingMemoryBound(to: Float.self)
  }
}
