import CHost

/// Copies between a matrix and the rows that a panel reads or has made.
enum Packing {
  /// out[i, j] = source[i, j], rows of `width` values, zero from `columns` on.
  static func pack(
    _ source: Factor, rows: Int, columns: Int, into out: UnsafeMutablePointer<Float>, width: Int
  ) {
    if columns < width { clear(out, rows: rows, columns: columns..<width, width: width) }
    if source.columnStride == 1 {
      for i in 0..<rows {
        let (from, to) = (source.base + i &* source.rowStride, out + i &* width)
        var j = 0
        while j &+ 8 <= columns {
          Vector(at: from + j).store(at: to + j)
          j &+= 8
        }
        while j < columns {
          to[j] = from[j]
          j &+= 1
        }
      }
    } else if source.rowStride == 1 {
      transpose(source.base, source.columnStride, rows: columns, columns: rows, into: out, width, isAdding: false)
    } else {
      for i in 0..<rows {
        for j in 0..<columns { out[i &* width &+ j] = source.base[i &* source.rowStride &+ j &* source.columnStride] }
      }
    }
  }

  /// Puts a panel that was made aside in its place: one of the strides is 1.
  static func unpack(
    _ panel: UnsafePointer<Float>, width: Int, rows: Int, columns: Int, into out: UnsafeMutablePointer<Float>,
    rowStride: Int, columnStride: Int, isAdding: Bool
  ) {
    if columnStride == 1 {
      for i in 0..<rows {
        let (from, to) = (panel + i &* width, out + i &* rowStride)
        if isAdding { Reductions.add(from, to: to, count: columns) } else { to.update(from: from, count: columns) }
      }
    } else {
      transpose(panel, width, rows: rows, columns: columns, into: out, columnStride, isAdding: isAdding)
    }
  }

  private static func clear(
    _ out: UnsafeMutablePointer<Float>, rows: Int, columns: Range<Int>, width: Int
  ) {
    for i in 0..<rows { (out + (i &* width &+ columns.lowerBound)).update(repeating: 0, count: columns.count) }
  }

  /// out[j, i] = x[i, j], added to what is there where asked; rows lie `stride` and `outStride` values apart.
  private static func transpose(
    _ x: UnsafePointer<Float>, _ stride: Int, rows: Int, columns: Int, into out: UnsafeMutablePointer<Float>,
    _ outStride: Int, isAdding: Bool
  ) {
    var i = 0
    while i &+ 8 <= rows {
      var j = 0
      while j &+ 8 <= columns {
        var block = Block(x + (i &* stride &+ j), stride)
        block.transpose()
        block.store(out + (j &* outStride &+ i), outStride, isAdding: isAdding)
        j &+= 8
      }
      scalars(x, stride, i..<(i &+ 8), j..<columns, out, outStride, isAdding)
      i &+= 8
    }
    scalars(x, stride, i..<rows, 0..<columns, out, outStride, isAdding)
  }

  @inline(__always)
  private static func scalars(
    _ x: UnsafePointer<Float>, _ stride: Int, _ rows: Range<Int>, _ columns: Range<Int>,
    _ out: UnsafeMutablePointer<Float>, _ outStride: Int, _ isAdding: Bool
  ) {
    for j in columns {
      for i in rows {
        let place = j &* outStride &+ i
        out[place] = isAdding ? out[place] + x[i &* stride &+ j] : x[i &* stride &+ j]
      }
    }
  }
}

/// Eight rows of eight values.
private struct Block {
  private var r0, r1, r2, r3, r4, r5, r6, r7: Vector

  @inline(__always) init(_ x: UnsafePointer<Float>, _ stride: Int) {
    r0 = Vector(at: x)
    r1 = Vector(at: x + stride)
    r2 = Vector(at: x + 2 &* stride)
    r3 = Vector(at: x + 3 &* stride)
    r4 = Vector(at: x + 4 &* stride)
    r5 = Vector(at: x + 5 &* stride)
    r6 = Vector(at: x + 6 &* stride)
    r7 = Vector(at: x + 7 &* stride)
  }

  /// Exchanges rows and columns: single values, then pairs, then halves.
  @inline(__always) mutating func transpose() {
    let (a0, a1, a2, a3) = (
      host_interleave_low(r0, r1), host_interleave_high(r0, r1), host_interleave_low(r2, r3),
      host_interleave_high(r2, r3)
    )
    let (a4, a5, a6, a7) = (
      host_interleave_low(r4, r5), host_interleave_high(r4, r5), host_interleave_low(r6, r7),
      host_interleave_high(r6, r7)
    )
    let (b0, b1, b2, b3) = (
      host_pairs_low(a0, a2), host_pairs_high(a0, a2), host_pairs_low(a1, a3), host_pairs_high(a1, a3)
    )
    let (b4, b5, b6, b7) = (
      host_pairs_low(a4, a6), host_pairs_high(a4, a6), host_pairs_low(a5, a7), host_pairs_high(a5, a7)
    )
    (r0, r1, r2, r3) = (
      host_halves_low(b0, b4), host_halves_low(b1, b5), host_halves_low(b2, b6), host_halves_low(b3, b7)
    )
    (r4, r5, r6, r7) = (
      host_halves_high(b0, b4), host_halves_high(b1, b5), host_halves_high(b2, b6), host_halves_high(b3, b7)
    )
  }

  @inline(__always) func store(_ out: UnsafeMutablePointer<Float>, _ stride: Int, isAdding: Bool) {
    put(r0, out, isAdding)
    put(r1, out + stride, isAdding)
    put(r2, out + 2 &* stride, isAdding)
    put(r3, out + 3 &* stride, isAdding)
    put(r4, out + 4 &* stride, isAdding)
    put(r5, out + 5 &* stride, isAdding)
    put(r6, out + 6 &* stride, isAdding)
    put(r7, out + 7 &* stride, isAdding)
  }

  @inline(__always) private func put(_ row: Vector, _ out: UnsafeMutablePointer<Float>, _ isAdding: Bool) {
    (isAdding ? Vector(at: out) + row : row).store(at: out)
  }
}
