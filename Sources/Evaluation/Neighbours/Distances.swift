import Compute

/// Squared Euclidean distances between the rows of two matrices, block by block, so that no matrix of all of them is held.
///
/// |x - y|^2 = max(0, fma(-2, x y, |x|^2 + |y|^2)), inner products and squares by one chain of fused multiply-adds each: a copy
/// of a point lies at exactly 0.
struct Distances: Sendable {
  let x: Matrix
  let y: Matrix
  private let products: InnerProducts
  private let squaresOfX: [Double]
  private let squaresOfY: [Double]

  init(_ x: Matrix, _ y: Matrix) {
    (self.x, self.y) = (x, y)
    products = InnerProducts(x, y)
    squaresOfX = Distances.squares(x)
    squaresOfY = Distances.squares(y)
  }

  private static func squares(_ points: Matrix) -> [Double] {
    (0..<points.rows).map { number in points.row(number).reduce(0) { $0.addingProduct($1, $1) } }
  }

  /// A block of distances.
  struct Block {
    /// The numbers of x's rows.
    let rows: Range<Int>
    /// The numbers of y's rows.
    let columns: Range<Int>
    /// The squared distances, a row every `InnerProducts.width` values.
    let squared: [Double]

    /// The place of the first value of a row.
    func start(ofRow row: Int) -> Int { (row &- rows.lowerBound) &* InnerProducts.width }
  }

  /// The rows of x that a band has.
  var bands: [Range<Int>] {
    stride(from: 0, to: x.rows, by: InnerProducts.height).map { $0..<min($0 + InnerProducts.height, x.rows) }
  }

  /// What `body` makes of every band of rows, with its blocks in the order of y's rows.
  func map<Result: Sendable>(
    on pool: ThreadPool, start: @escaping @Sendable (Range<Int>) -> Result,
    _ body: @escaping @Sendable (inout Result, Block) -> Void
  ) -> [Result] {
    let bands = bands
    return pool.map(bands.count) { number in
      let rows = bands[number]
      var result = start(rows)
      var block = [Double](repeating: 0, count: InnerProducts.blockCount)
      var packed = [Double](repeating: 0, count: InnerProducts.packedCount)
      for first in stride(from: 0, to: y.rows, by: InnerProducts.width) {
        let columns = first..<min(first + InnerProducts.width, y.rows)
        products.block(rows: rows, columns: columns, into: &block, packed: &packed)
        for row in rows {
          let place = (row &- rows.lowerBound) &* InnerProducts.width
          let own = squaresOfX[row]
          for column in columns {
            let both = own + squaresOfY[column]
            let squared = both.addingProduct(-2, block[place &+ column &- first])
            // A value that is no number stays one.
            block[place &+ column &- first] = squared < 0 ? 0 : squared
          }
        }
        body(&result, Block(rows: rows, columns: columns, squared: block))
      }
      return result
    }
  }
}
