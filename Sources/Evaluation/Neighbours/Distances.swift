import Compute

/// Squared Euclidean distances between the rows of two matrices, block by block, so that no matrix of all of them is held: a
/// copy of a point lies at exactly 0.
struct Distances: Sendable {
  private let distances: InnerProducts

  init(_ x: Matrix, _ y: Matrix) {
    distances = InnerProducts(x, y, as: .squaredDistances)
  }

  /// What `finish` makes of what `body` gathers of every band of x's rows, from blocks of squared distances in the order of y's rows.
  func map<Gathered, Result: Sendable>(
    on pool: ThreadPool, start: @escaping @Sendable (Range<Int>) -> Gathered,
    _ body: @escaping @Sendable (inout Gathered, InnerProducts.Block) -> Void,
    finish: @escaping @Sendable (Gathered) -> Result
  ) -> [Result] {
    distances.map(on: pool, start: start, { body(&$0, $1) }, finish: finish)
  }

  /// What `body` gathers of every band of x's rows.
  func map<Result: Sendable>(
    on pool: ThreadPool, start: @escaping @Sendable (Range<Int>) -> Result,
    _ body: @escaping @Sendable (inout Result, InnerProducts.Block) -> Void
  ) -> [Result] {
    map(on: pool, start: start, body, finish: { $0 })
  }
}
