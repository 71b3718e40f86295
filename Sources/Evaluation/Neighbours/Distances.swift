import Compute

/// Squared Euclidean distances between the rows of two matrices, block by block, so that no matrix of all of them is held.
///
/// |x - y|^2 = max(0, fma(-2, x y, |x|^2 + |y|^2)), inner products and squares by one chain of fused multiply-adds each: a copy
/// of a point lies at exactly 0.
struct Distances: Sendable {
  private let products: InnerProducts
  private let squaresOfX: [Double]
  private let squaresOfY: [Double]

  init(_ x: Matrix, _ y: Matrix) {
    products = InnerProducts(x, y)
    squaresOfX = Distances.squares(x)
    squaresOfY = Distances.squares(y)
  }

  private static func squares(_ points: Matrix) -> [Double] {
    (0..<points.rows).map { number in points.row(number).reduce(0) { $0.addingProduct($1, $1) } }
  }

  /// What `finish` makes of what `body` gathers of every band of x's rows, from blocks of squared distances in the order of y's rows.
  func map<Gathered, Result: Sendable>(
    on pool: ThreadPool, start: @escaping @Sendable (Range<Int>) -> Gathered,
    _ body: @escaping @Sendable (inout Gathered, InnerProducts.Block) -> Void,
    finish: @escaping @Sendable (Gathered) -> Result
  ) -> [Result] {
    let square: @Sendable (inout Gathered, inout InnerProducts.Block) -> Void = { gathered, block in
      for row in block.rows {
        let (place, own) = (block.start(ofRow: row), squaresOfX[row])
        for column in block.columns {
          let both = own + squaresOfY[column]
          let squared = both.addingProduct(-2, block.values[place &+ column &- block.columns.lowerBound])
          // A value that is no number stays one.
          block.values[place &+ column &- block.columns.lowerBound] = squared < 0 ? 0 : squared
        }
      }
      body(&gathered, block)
    }
    return products.map(on: pool, start: start, square, finish: finish)
  }

  /// What `body` gathers of every band of x's rows.
  func map<Result: Sendable>(
    on pool: ThreadPool, start: @escaping @Sendable (Range<Int>) -> Result,
    _ body: @escaping @Sendable (inout Result, InnerProducts.Block) -> Void
  ) -> [Result] {
    map(on: pool, start: start, body, finish: { $0 })
  }
}
