/// Inner products in Double of the rows of two matrices: each is one chain of fused multiply-adds over the columns in
/// increasing order that begins at +0.
///
/// How they are cut into blocks changes no bit.
package struct InnerProducts: Sendable {
  /// What blocks hold of two rows x and y.
  package enum Form: Sendable {
    /// x · y.
    case products
    /// |x - y|² = max(0, fma(-2, x · y, |x|² + |y|²)), squares by one chain each: exactly 0 between equal rows.
    case squaredDistances
  }

  /// The rows of the first matrix in a block.
  package static let height = 96
  /// The rows of the second matrix in a block.
  package static let width = 64
  /// The columns after which a chain is put down and taken up again, so that what it reads stays in the first-level cache.
  private static let depth = 256
  private static let lanes = 8

  private let x: Matrix
  private let y: Matrix
  /// The squares of x's rows and of y's, these filled up to whole panels; nil where blocks hold products.
  private let squares: (ofX: [Double], ofY: [Double])?

  /// Of the rows of `x` with those of `y`, which have equal lengths.
  package init(_ x: Matrix, _ y: Matrix, as form: Form = .products) {
    precondition(x.columns == y.columns, "rows of one length")
    (self.x, self.y) = (x, y)
    squares =
      switch form {
      case .products: nil
      case .squaredDistances:
        (InnerProducts.squares(x), InnerProducts.squares(y) + [Double](repeating: 0, count: InnerProducts.lanes))
      }
  }

  private static func squares(_ points: Matrix) -> [Double] {
    (0..<points.rows).map { number in points.row(number).reduce(0) { $0.addingProduct($1, $1) } }
  }

  /// The values of some rows of x with some of y.
  package struct Block {
    /// The numbers of x's rows, at most `height`.
    package fileprivate(set) var rows = 0..<0
    /// The numbers of y's rows, at most `width`.
    package fileprivate(set) var columns = 0..<0
    /// The values, a row of x every `width` of them.
    package var values = [Double](repeating: 0, count: InnerProducts.height * InnerProducts.width)
    /// A copy of y's rows that products are made from.
    fileprivate var packed = [Double](repeating: 0, count: InnerProducts.depth * InnerProducts.width)

    /// The place of the first value of a row.
    package func start(ofRow row: Int) -> Int { (row &- rows.lowerBound) &* InnerProducts.width }

    /// Whether a row may have a value below a limit: never false where it has one, and quicker than a look at each.
    package func mayHave(below limit: Double, inRow row: Int) -> Bool {
      values.withUnsafeBufferPointer { values in
        guard let start = values.baseAddress.map({ $0 + start(ofRow: row) }) else { return false }
        let limit = Eight(repeating: limit)
        var found = InnerProducts.load(start) .< limit
        var place = InnerProducts.lanes
        while place < columns.count {
          found = found .| (InnerProducts.load(start + place) .< limit)
          place &+= InnerProducts.lanes
        }
        return any(found)
      }
    }
  }

  /// Gives `body` the products of some rows of x with some of y block by block, in the order of x's rows and then of y's.
  package func fold<Result>(
    rows: Range<Int>, columns: Range<Int>, into result: inout Result, _ body: (inout Result, inout Block) -> Void
  ) {
    var block = Block()
    for first in stride(from: rows.lowerBound, to: rows.upperBound, by: InnerProducts.height) {
      for other in stride(from: columns.lowerBound, to: columns.upperBound, by: InnerProducts.width) {
        block.rows = first..<min(first + InnerProducts.height, rows.upperBound)
        block.columns = other..<min(other + InnerProducts.width, columns.upperBound)
        fill(&block)
        body(&result, &block)
      }
    }
  }

  /// What `finish` makes of what `body` gathers of every `height` rows of x with all of y; threads share them.
  package func map<Gathered, Result: Sendable>(
    on pool: ThreadPool, start: @escaping @Sendable (Range<Int>) -> Gathered,
    _ body: @escaping @Sendable (inout Gathered, inout Block) -> Void,
    finish: @escaping @Sendable (Gathered) -> Result
  ) -> [Result] {
    let bands = Tiling.runs(of: x.rows, each: InnerProducts.height)
    return pool.map(bands.count) { number in
      var gathered = start(bands[number])
      fold(rows: bands[number], columns: 0..<y.rows, into: &gathered, body)
      return finish(gathered)
    }
  }

  /// What `body` gathers of every `height` rows of x with all of y; threads share them.
  package func map<Result: Sendable>(
    on pool: ThreadPool, start: @escaping @Sendable (Range<Int>) -> Result,
    _ body: @escaping @Sendable (inout Result, inout Block) -> Void
  ) -> [Result] {
    map(on: pool, start: start, body, finish: { $0 })
  }

  /// All of them, [x.rows, y.rows].
  package func matrix(on pool: ThreadPool) -> Matrix {
    let columns = y.rows
    let bands = map(on: pool) { rows in
      [Double](repeating: 0, count: rows.count * columns)
    } _: { band, block in
      for row in block.rows {
        let (from, to) = (block.start(ofRow: row), (row - block.rows.lowerBound) * columns + block.columns.lowerBound)
        band.replaceSubrange(
          to..<(to + block.columns.count), with: block.values[from..<(from + block.columns.count)])
      }
    }
    return Matrix(rows: x.rows, columns: columns, values: Array(bands.joined()))
  }

  /// Computes a block's products.
  private func fill(_ block: inout Block) {
    let (inner, rows, columns) = (x.columns, block.rows, block.columns)
    x.values.withUnsafeBufferPointer { xs in
      y.values.withUnsafeBufferPointer { ys in
        block.values.withUnsafeMutableBufferPointer { out in
          block.packed.withUnsafeMutableBufferPointer { packed in
            guard let out = out.baseAddress, let packed = packed.baseAddress else { return }
            guard let xs = xs.baseAddress, let ys = ys.baseAddress, inner > 0 else {
              out.update(repeating: 0, count: InnerProducts.height * InnerProducts.width)
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
            if let squares { InnerProducts.makeDistances(out, rows, columns, squares.ofX, squares.ofY) }
          }
        }
      }
    }
  }

  /// Makes products squared distances.
  private static func makeDistances(
    _ out: UnsafeMutablePointer<Double>, _ rows: Range<Int>, _ columns: Range<Int>, _ ofX: [Double], _ ofY: [Double]
  ) {
    ofY.withUnsafeBufferPointer { ofY in
      guard let ofY = ofY.baseAddress.map({ $0 + columns.lowerBound }) else { return }
      for row in rows {
        let (own, values) = (Eight(repeating: ofX[row]), out + (row &- rows.lowerBound) &* width)
        var place = 0
        while place < columns.count {
          let squared = (own + load(ofY + place)).addingProduct(-2, load(values + place))
          // A value that is no number stays one.
          store(squared.replacing(with: 0, where: squared .< 0), values + place)
          place &+= lanes
        }
      }
    }
  }

  /// What so many columns add to a block.
  private static func part(
    _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, stride: Int, rows: Int, columns: Int, _ length: Int,
    continues: Bool, _ out: UnsafeMutablePointer<Double>, _ packed: UnsafeMutablePointer<Double>
  ) {
    let panels = (columns &+ lanes &- 1) / lanes
    for panel in 0..<panels {
      let first = panel &* lanes
      var to = packed + panel &* lanes &* length
      // Beyond the last row any value will do: nobody reads what comes of it.
      func from(_ lane: Int) -> UnsafePointer<Double> { y + min(first &+ lane, columns &- 1) &* stride }
      let (y0, y1, y2, y3) = (from(0), from(1), from(2), from(3))
      let (y4, y5, y6, y7) = (from(4), from(5), from(6), from(7))
      for place in 0..<length {
        store(Eight(y0[place], y1[place], y2[place], y3[place], y4[place], y5[place], y6[place], y7[place]), to)
        to += lanes
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
