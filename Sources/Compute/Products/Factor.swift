/// A matrix in memory, as a factor of a product: the value in row i and column j lies at i rowStride + j columnStride.
///
/// A transposed matrix is the same memory with its strides exchanged.
package struct Factor {
  package var base: UnsafePointer<Float>
  package var rowStride: Int
  package var columnStride: Int

  package init(_ base: UnsafePointer<Float>, rowStride: Int, columnStride: Int) {
    self.base = base
    self.rowStride = rowStride
    self.columnStride = columnStride
  }

  /// A matrix whose rows lie `length` values apart, or its transpose.
  @inline(__always) package init(_ base: UnsafePointer<Float>, rowLength length: Int, isTransposed: Bool = false) {
    self.init(base, rowStride: isTransposed ? 1 : length, columnStride: isTransposed ? length : 1)
  }

  /// The same of values that somebody else owns.
  init(_ values: Buffer, rowLength length: Int, isTransposed: Bool = false) {
    self.init(values.base, rowLength: length, isTransposed: isTransposed)
  }

  var transposed: Factor { Factor(base, rowStride: columnStride, columnStride: rowStride) }

  /// The matrix from this row and column on.
  @inline(__always) func from(row: Int, column: Int) -> Factor {
    Factor(base + (row &* rowStride &+ column &* columnStride), rowStride: rowStride, columnStride: columnStride)
  }
}
