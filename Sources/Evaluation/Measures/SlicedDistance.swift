import Compute

/// Sliced distances of Wasserstein: those of the projections on directions, which are the differences of what is sorted (Rabin et al.,
/// "Wasserstein Barycenter and Its Application to Texture Mixing", 2012).
package enum SlicedDistance {
  /// Monge's inception distance 3 d / (n M) sum_i sum_j (sort(u_i X)_j - sort(u_i Y)_j)^2 along given directions of unit length, rows of `directions`; of the first points of the larger set only as many
  /// as the smaller one has.
  package static func value(_ x: Matrix, _ y: Matrix, along directions: Matrix, on pool: ThreadPool) -> Double {
    let n = min(x.rows, y.rows)
    let sums = map(x, y, along: directions, on: pool) { left, right in
      var sum = 0.0
      for (left, right) in zip(left, right) { sum.addProduct(left - right, left - right) }
      return sum
    }
    return 3 * Double(x.columns) / (Double(n) * Double(directions.rows)) * sums.reduce(0, +)
  }

  /// What `body` makes of each direction's sorted projections of two sets, of the larger one those of as many first points as the
  /// smaller one has.
  ///
  /// A thread holds the projections along some directions at a time.
  static func map(
    _ x: Matrix, _ y: Matrix, along directions: Matrix, on pool: ThreadPool,
    _ body: @escaping @Sendable (ArraySlice<Double>, ArraySlice<Double>) -> Double
  ) -> [Double] {
    let count = min(x.rows, y.rows)
    let (ofX, ofY) = (InnerProducts(x, directions), InnerProducts(y, directions))
    let groups = Tiling.runs(of: directions.rows, each: SlicedDistance.atOnce)
    let parts = Tiling.split(groups.count, into: SlicedDistance.parts * pool.threads, unit: 1)
    return Array(
      pool.map(parts.count) { number in
        var (left, right) = (SortedProjections(ofX, count), SortedProjections(ofY, count))
        return groups[parts[number]].flatMap { group in
          left.project(along: group)
          right.project(along: group)
          return group.indices.map { body(left[$0 - group.lowerBound], right[$0 - group.lowerBound]) }
        }
      }.joined())
  }

  /// Directions whose projections a thread holds.
  private static let atOnce = 16
  /// Parts of the directions a thread, in each of which the same memory holds one group's projections after another's.
  private static let parts = 4

  /// Bytes of projections, and of two copies of those along a direction while they are sorted, for each of two sets.
  static func bytes(_ counts: SampleCounts) -> Int {
    let count = min(counts.generated, counts.reference)
    return Shape.count([counts.threads * 2 * (SlicedDistance.atOnce + 2), count, MemoryLayout<Double>.stride])
  }

  /// Bytes of directions, and of the normal values that they are made of.
  static func bytes(directions: Int, dimensions: Int) -> Int {
    Shape.count([directions, dimensions, MemoryLayout<Double>.stride + MemoryLayout<Float>.stride])
  }

  /// The inner products of a set's first points with some directions, in order.
  private struct SortedProjections {
    private let products: InnerProducts
    private let count: Int
    private var values: [Double]
    private var sorter = RadixSort()

    init(_ products: InnerProducts, _ count: Int) {
      (self.products, self.count) = (products, count)
      values = [Double](repeating: 0, count: SlicedDistance.atOnce * count)
    }

    mutating func project(along directions: Range<Int>) {
      let count = count
      products.fold(rows: 0..<count, columns: directions, into: &values) { values, block in
        for column in block.columns.indices {
          let number = column &- directions.lowerBound
          for row in block.rows { values[number &* count &+ row] = block.values[block.start(ofRow: row) &+ number] }
        }
      }
      for number in directions.indices { sorter.sort(&values, in: place(number - directions.lowerBound)) }
    }

    private func place(_ number: Int) -> Range<Int> { (number * count)..<((number + 1) * count) }

    /// Those along the direction of a place in the group.
    subscript(number: Int) -> ArraySlice<Double> { values[place(number)] }
  }

  /// So many directions: normal values of the stream `evaluation/directions` at step 0, each row divided by its length.
  package static func directions(_ count: Int, dimensions: Int, seed: UInt64) -> Matrix {
    let normal = Random(seed: seed).normal(stream: "evaluation/directions", step: 0, count: count * dimensions)
    var rows = Matrix(rows: count, columns: dimensions, values: normal.map(Double.init))
    for row in 0..<count {
      let length = rows.row(row).reduce(0) { $0.addingProduct($1, $1) }.squareRoot()
      for column in 0..<dimensions { rows[row, column] /= length }
    }
    return rows
  }

  /// The axes as directions.
  package static func axes(_ dimensions: Int) -> Matrix {
    var rows = Matrix(rows: dimensions, columns: dimensions)
    for axis in 0..<dimensions { rows[axis, axis] = 1 }
    return rows
  }
}
