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
      for place in 0..<n {
        let difference = left[place] - right[place]
        sum.addProduct(difference, difference)
      }
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
    _ body: @escaping @Sendable ([Double], [Double]) -> Double
  ) -> [Double] {
    let count = min(x.rows, y.rows)
    let groups = stride(from: 0, to: directions.rows, by: SlicedDistance.atOnce).map {
      $0..<min($0 + SlicedDistance.atOnce, directions.rows)
    }
    let (ofX, ofY) = (InnerProducts(x, directions), InnerProducts(y, directions))
    return Array(
      pool.map(groups.count) { number in
        zip(projections(ofX, count, groups[number]), projections(ofY, count, groups[number])).map { body($0, $1) }
      }.joined())
  }

  private static let atOnce = 16

  /// Bytes of projections, and of two copies of those along a direction while they are sorted.
  static func bytes(_ counts: SampleCounts) -> Int {
    let count = min(counts.generated, counts.reference)
    return Shape.count([counts.threads * (2 * SlicedDistance.atOnce + 2), count, MemoryLayout<Double>.stride])
  }

  /// Bytes of directions, and of the normal values that they are made of.
  static func bytes(directions: Int, dimensions: Int) -> Int {
    Shape.count([directions, dimensions, MemoryLayout<Double>.stride + MemoryLayout<Float>.stride])
  }

  /// The sorted inner products of so many points with each of some directions.
  private static func projections(_ products: InnerProducts, _ count: Int, _ directions: Range<Int>) -> [[Double]] {
    var projections = directions.map { _ in [Double]() }
    for number in projections.indices { projections[number].reserveCapacity(count) }
    products.fold(rows: 0..<count, columns: directions, into: &projections) { projections, block in
      for column in projections.indices {
        for row in block.rows { projections[column].append(block.values[block.start(ofRow: row) &+ column]) }
      }
    }
    var sorter = RadixSort()
    for number in projections.indices { sorter.sort(&projections[number]) }
    return projections
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
