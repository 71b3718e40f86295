import CHost

/// Rows of values that will be read soon, `length` long and `stride` apart.
private struct Foresight {
  let base: UnsafePointer<Float>
  let stride: Int
  let rows: Int
  let length: Int

  /// Asks for a part of them, of so many.
  @inline(__always)
  func ask(_ part: Int, of parts: Int) {
    var row = rows &* part / parts
    let end = rows &* (part &+ 1) / parts
    while row < end {
      let line = base + row &* stride
      var place = 0
      while place < length {
        host_prefetch(line + place)
        place &+= 16
      }
      row &+= 1
    }
  }
}

/// Products of panels.
///
/// What others see here are pointers and numbers alone: a type would bring functions along that other modules have under
/// the same names, and the linker might take those that were compiled for these vectors.
package enum Panels {
  /// C[m, columns] = A[m, k] B[k, columns], one chain of fused multiply-adds for each value, beginning at +0; added to
  /// what C holds where asked.
  ///
  /// A's value in row i and column l lies at i rowStrideOfA + l columnStrideOfA, rows of B and C are contiguous. There are
  /// 1 to 3 vectors of columns. Meanwhile `nextRows` rows of `nextLength` values are fetched from `next` on, `nextStride`
  /// apart.
  @inline(never)
  package static func multiply(
    _ a: UnsafePointer<Float>, _ rowStrideOfA: Int, _ columnStrideOfA: Int,
    _ b: UnsafePointer<Float>, _ rowStrideOfB: Int, _ c: UnsafeMutablePointer<Float>, _ rowStrideOfC: Int,
    m: Int, vectors: Int, k: Int, isAdding: Bool, next: UnsafePointer<Float>, nextStride: Int, nextRows: Int,
    nextLength: Int
  ) {
    let panel = Panel(
      a: a, rowStrideOfA: rowStrideOfA, columnStrideOfA: columnStrideOfA, b: b, rowStrideOfB: rowStrideOfB, k: k,
      isAdding: isAdding,
      foresight: Foresight(base: next, stride: nextStride, rows: nextRows, length: nextLength))
    switch vectors {
    case 3: panel.fill(c, rowStrideOfC, m, MoreColumns<MoreColumns<LastColumns>>.self)
    case 2: panel.fill(c, rowStrideOfC, m, MoreColumns<LastColumns>.self)
    default: panel.fill(c, rowStrideOfC, m, LastColumns.self)
    }
  }
}

/// A matrix in memory: the value in row i and column j lies at i rowStride + j columnStride.
private struct Panel {
  /// A[m, k], whose values are read one by one.
  let a: UnsafePointer<Float>
  let rowStrideOfA: Int
  let columnStrideOfA: Int
  /// B[k, columns], of which rows are contiguous.
  let b: UnsafePointer<Float>
  let rowStrideOfB: Int
  /// The inner extent.
  let k: Int
  let isAdding: Bool
  /// What is fetched meanwhile.
  let foresight: Foresight

  /// All rows, the most at a time first.
  @inline(__always)
  func fill<Row: Columns>(_ c: UnsafeMutablePointer<Float>, _ stride: Int, _ m: Int, _: Row.Type) {
    typealias Two = TwiceTheRows<OneRow<Row>>
    var row = 0
    let most = Lanes.scalarCount > 8 || Row.vectors == 1 ? 8 : 4
    let parts = m / most
    if most == 8 {
      while row &+ 8 <= m {
        foresight.ask(row / 8, of: parts)
        tile(&row, c, stride, TwiceTheRows<TwiceTheRows<Two>>.self)
      }
      if row &+ 4 <= m { tile(&row, c, stride, TwiceTheRows<Two>.self) }
    } else {
      while row &+ 4 <= m {
        foresight.ask(row / 4, of: parts)
        tile(&row, c, stride, TwiceTheRows<Two>.self)
      }
    }
    if row &+ 2 <= m { tile(&row, c, stride, Two.self) }
    if row < m { tile(&row, c, stride, OneRow<Row>.self) }
  }

  @inline(__always)
  private func tile<Tile: Rows>(_ row: inout Int, _ c: UnsafeMutablePointer<Float>, _ stride: Int, _: Tile.Type) {
    var sums = Tile()
    var (factors, values) = (a + row &* rowStrideOfA, b)
    for _ in 0..<k {
      sums.add(factors, stride: rowStrideOfA, times: Tile.Row(at: values))
      factors += columnStrideOfA
      values += rowStrideOfB
    }
    let target = c + row &* stride
    if isAdding {
      sums.store(at: target, stride: stride, isAdding: true)
    } else {
      sums.store(at: target, stride: stride, isAdding: false)
    }
    row &+= Tile.count
  }
}
