// Kernels that work along the last axis of a value, row by row.
extension Stage {
  /// Columns `from ..< from + count` of x [rows, columns] to columns from `place` on of out [rows, columns].
  static func copy(
    _ x: Buffer, columns: Int, from: Int, count: Int, into out: Buffer, columns width: Int, at place: Int
  ) -> Stage {
    let rows = Tiling.rows(out.count / width, of: count)
    return Stage(tiles: rows.count) { tile, _ in
      for row in rows[tile] {
        let (source, target) = (row &* columns &+ from, row &* width &+ place)
        (out.base + target).update(from: x.base + source, count: count)
      }
    }
  }

  /// A copy of all values.
  static func copy(_ x: Buffer, to out: Buffer) -> Stage {
    let parts = Tiling.split(out.count, into: (out.count + 16383) / 16384, unit: 16)
    return Stage(tiles: parts.count) { tile, _ in
      (out.base + parts[tile].lowerBound).update(from: x.base + parts[tile].lowerBound, count: parts[tile].count)
    }
  }

  /// out[row, i] = e^(x[row, i] - m) / sum over j of e^(x[row, j] - m), m the row's largest value.
  static func softmax(_ x: Buffer, columns: Int, into out: Buffer) -> Stage {
    let rows = Tiling.rows(x.count / columns, of: columns)
    return Stage(tiles: rows.count) { tile, _ in
      for row in rows[tile] {
        let (source, target) = (x.base + row &* columns, out.base + row &* columns)
        let largest = maximum(source, columns)
        var i = 0
        while i < columns {
          let count = min(8, columns &- i)
          exponentials(Vector(at: source + i, first: count) - largest).store(at: target + i, first: count)
          i &+= 8
        }
        Reductions.scale(target, by: 1 / Reductions.sum(target, columns), into: target, count: columns)
      }
    }
  }

  /// out[row] = the largest x[row, i].
  static func rowMaximum(_ x: Buffer, columns: Int, into out: Buffer) -> Stage {
    let rows = Tiling.rows(out.count, of: columns)
    return Stage(tiles: rows.count) { tile, _ in
      for row in rows[tile] { out.base[row] = maximum(x.base + row &* columns, columns) }
    }
  }

  /// The largest of some values; what is not a number is kept, so that it is noticed.
  @inline(__always)
  private static func maximum(_ x: UnsafePointer<Float>, _ count: Int) -> Float {
    var largest = x[0]
    for i in 1..<max(count, 1) where x[i] > largest || x[i].isNaN { largest = x[i] }
    return largest
  }

  @inline(never) private static func exponentials(_ x: Vector) -> Vector { Transcendental.exp(x) }
}

extension Tiling {
  /// Rows of some length in tiles of about 16 thousand values.
  static func rows(_ count: Int, of length: Int) -> [Range<Int>] {
    let perTile = max(1, 16384 / max(length, 1))
    return split(count, into: (count + perTile - 1) / perTile, unit: 1)
  }
}
