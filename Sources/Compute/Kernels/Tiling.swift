/// How results are cut into tiles; no bit depends on it.
package enum Tiling {
  /// `count` cut into `parts` nearly equal ranges whose borders are multiples of `unit`.
  package static func split(_ count: Int, into parts: Int, unit: Int) -> [Range<Int>] {
    let units = (count + unit - 1) / unit
    let parts = max(1, min(parts, units))
    return (0..<parts).map { part in
      min(count, units * part / parts * unit)..<min(count, units * (part + 1) / parts * unit)
    }
  }

  /// `count` cut into ranges of `length`, of which the last may be shorter.
  package static func runs(of count: Int, each length: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: length).map { $0..<min($0 + length, count) }
  }

  /// The most multiplications of a product that is too small to be worth a second thread.
  private static let leastShared = 1 << 17

  /// Tiles of a product [m, k] [k, n]; `isStreamed` if an optimizer updates parameters in each tile.
  ///
  /// A tile reads its share of both operands, (rows + columns) k values for rows columns k multiplications, so tiles
  /// are near-square: of at most 256 rows and columns.
  static func product(m: Int, n: Int, k: Int, isStreamed: Bool) -> [Rectangle] {
    let edge = 256
    if m * n * k <= leastShared { return [Rectangle(rows: 0..<m, columns: 0..<n)] }
    // With few multiplications per value the product is memory-bound.
    if isStreamed || k <= 4 { return strips(m: m, n: n) }
    var rowParts = max(1, (m + edge - 1) / edge)
    var columnParts = max(1, (n + edge - 1) / edge)
    // An even number of tiles keeps two and four threads busy alike.
    if (rowParts * columnParts) % 2 == 1 {
      if n >= m { columnParts += 1 } else { rowParts += 1 }
    }
    let columns = split(n, into: columnParts, unit: 16)
    return split(m, into: rowParts, unit: SumTree.run).flatMap { rows in
      columns.map { Rectangle(rows: rows, columns: $0) }
    }
  }

  /// Strips of whole rows, so that what is read and written beside the product is one run each, which doubles the
  /// bandwidth of reading 256 columns of each row.
  ///
  /// About 64 thousand values a strip leave room in the second-level cache for what streams past.
  private static func strips(m: Int, n: Int) -> [Rectangle] {
    let size = 1 << 16
    // Rows too long for a strip of some are cut as well.
    let columns = split(n, into: (n + size / 32 - 1) / (size / 32), unit: 16)
    let perRow = columns.map(\.count).max() ?? n
    let parts = (m * perRow + size - 1) / size
    return split(m, into: parts + parts % 2, unit: SumTree.run).flatMap { rows in
      columns.map { Rectangle(rows: rows, columns: $0) }
    }
  }

  /// Tiles of pointwise work on a matrix: whole rows where they are short, about 16 thousand values each.
  ///
  /// They begin at multiples of `unit` values, of which a row is a multiple or which is a multiple of rows.
  static func pointwise(rows: Int, columns: Int, unit: Int) -> [Rectangle] {
    let size = 16384
    if columns > 2 * size, unit <= columns {
      let strips = split(columns, into: (columns + size - 1) / size, unit: unit == 1 ? 64 : unit)
      return (0..<rows).flatMap { row in strips.map { Rectangle(rows: row..<(row + 1), columns: $0) } }
    }
    let perTile = max(1, size / max(columns, 1))
    return split(rows, into: max(1, (rows + perTile - 1) / perTile), unit: max(1, unit / max(columns, 1)))
      .map { Rectangle(rows: $0, columns: 0..<columns) }
  }
}
