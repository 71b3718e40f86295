/// Inner products in Double of the rows of two matrices: each is one chain of fused multiply-adds over the columns in
/// increasing order that begins at +0.
///
/// How they are cut into blocks changes no bit.
package struct InnerProducts: Sendable {
  /// The rows of the first matrix in a block.
  package static let height = 96
  /// The rows of the second matrix in a block.
  package static let width = 64
  /// The columns after which a chain is put down and taken up again, so that what it reads stays in the first-level cache.
  private static let depth = 256
  private static let lanes = 8

  private let x: Matrix
  private let y: Matrix

  /// Of the rows of `x` with those of `y`, which have equal lengths.
  package init(_ x: Matrix, _ y: Matrix) {
    precondition(x.columns == y.columns, "rows of one length")
    (self.x, self.y) = (x, y)
  }

  /// The block of at most `height` rows of x and `width` rows of y, written to `block` in rows of `width` values.
  package func block(rows: Range<Int>, columns: Range<Int>, into block: inout [Double], packed: inout [Double]) {
    precondition(rows.count <= InnerProducts.height && columns.count <= InnerProducts.width, "a block")
    precondition(block.count >= InnerProducts.blockCount && packed.count >= InnerProducts.packedCount, "room")
    let inner = x.columns
    x.values.withUnsafeBufferPointer { xs in
      y.values.withUnsafeBufferPointer { ys in
        block.withUnsafeMutableBufferPointer { out in
          packed.withUnsafeMutableBufferPointer { packed in
            guard let out = out.baseAddress, let packed = packed.baseAddress else { return }
            guard let xs = xs.baseAddress, let ys = ys.baseAddress, inner > 0 else {
              out.update(repeating: 0, count: InnerProducts.blockCount)
              return
            }
            var start = 0
            while start < inner {
              let length = min(InnerProducts.depth, inner &- start)
              InnerProducts.part(
                xs + (rows.lowerBound &* inner &+ start), ys + (columns.lowerBound &* inner &+ start), stride: inner,
                rows: rows.count, columns: columns.count, length, continues: start > 0, out, packed)
              start &+= length
            }
          }
        }
      }
    }
  }

  /// Values of a block.
  package static let blockCount = height * width
  /// Values of the copy of y's rows that a block is made from.
  package static let packedCount = depth * width

  /// All of them, [x.rows, y.rows].
  package func matrix(on pool: ThreadPool) -> Matrix {
    let (height, columns) = (x.rows, y.rows)
    let bands = Tiling.runs(of: height, each: InnerProducts.height)
    let parts = pool.map(bands.count) { number in
      var band = [Double](repeating: 0, count: bands[number].count * columns)
      var block = [Double](repeating: 0, count: InnerProducts.blockCount)
      var packed = [Double](repeating: 0, count: InnerProducts.packedCount)
      for others in Tiling.runs(of: columns, each: InnerProducts.width) {
        self.block(rows: bands[number], columns: others, into: &block, packed: &packed)
        for row in 0..<bands[number].count {
          let place = row * columns + others.lowerBound
          let from = row * InnerProducts.width
          band.replaceSubrange(place..<(place + others.count), with: block[from..<(from + others.count)])
        }
      }
      return band
    }
    return Matrix(rows: height, columns: columns, values: Array(parts.joined()))
  }

  /// What so many columns add to a block.
  private static func part(
    _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, stride: Int, rows: Int, columns: Int, _ length: Int,
    continues: Bool, _ out: UnsafeMutablePointer<Double>, _ packed: UnsafeMutablePointer<Double>
  ) {
    let panels = (columns &+ lanes &- 1) / lanes
    for panel in 0..<panels {
      let first = panel &* lanes
      let to = packed + panel &* lanes &* length
      for lane in 0..<lanes {
        // Beyond the last row any value will do: nobody reads what comes of it.
        let from = y + min(first &+ lane, columns &- 1) &* stride
        for place in 0..<length { to[place &* lanes &+ lane] = from[place] }
      }
    }
    for panel in 0..<panels {
      let (values, target) = (packed + panel &* lanes &* length, out + panel &* lanes)
      var row = 0
      while row &+ 6 <= rows {
        six(x + row &* stride, stride, values, length, target + row &* width, continues)
        row &+= 6
      }
      while row < rows {
        one(x + row &* stride, values, length, target + row &* width, continues)
        row &+= 1
      }
    }
  }

  /// Six rows of eight chains.
  @inline(never)
  private static func six(
    _ x: UnsafePointer<Double>, _ stride: Int, _ y: UnsafePointer<Double>, _ length: Int,
    _ out: UnsafeMutablePointer<Double>, _ continues: Bool
  ) {
    var (s0, s1, s2) = (Eight.zero, Eight.zero, Eight.zero)
    var (s3, s4, s5) = (Eight.zero, Eight.zero, Eight.zero)
    if continues {
      (s0, s1, s2) = (load(out), load(out + width), load(out + 2 &* width))
      (s3, s4, s5) = (load(out + 3 &* width), load(out + 4 &* width), load(out + 5 &* width))
    }
    var values = y
    for place in 0..<length {
      let v = load(values)
      s0.addProduct(v, Eight(repeating: x[place]))
      s1.addProduct(v, Eight(repeating: x[place &+ stride]))
      s2.addProduct(v, Eight(repeating: x[place &+ 2 &* stride]))
      s3.addProduct(v, Eight(repeating: x[place &+ 3 &* stride]))
      s4.addProduct(v, Eight(repeating: x[place &+ 4 &* stride]))
      s5.addProduct(v, Eight(repeating: x[place &+ 5 &* stride]))
      values += lanes
    }
    store(s0, out)
    store(s1, out + width)
    store(s2, out + 2 &* width)
    store(s3, out + 3 &* width)
    store(s4, out + 4 &* width)
    store(s5, out + 5 &* width)
  }

  /// A row of eight chains.
  @inline(never)
  private static func one(
    _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ length: Int, _ out: UnsafeMutablePointer<Double>,
    _ continues: Bool
  ) {
    var sum = continues ? load(out) : .zero
    for place in 0..<length { sum.addProduct(load(y + place &* lanes), Eight(repeating: x[place])) }
    store(sum, out)
  }

  private typealias Eight = SIMD8<Double>

  @inline(__always)
  private static func load(_ pointer: UnsafePointer<Double>) -> Eight {
    UnsafeRawPointer(pointer).loadUnaligned(as: Eight.self)
  }

  @inline(__always)
  private static func store(_ value: Eight, _ pointer: UnsafeMutablePointer<Double>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: value, as: Eight.self)
  }
}
