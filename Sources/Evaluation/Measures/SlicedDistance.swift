import Compute

/// Monge's inception distance, MIND: the sliced squared distance of Wasserstein, times three dimensions:
/// 3 d / (n M) sum_i sum_j (sort(u_i X)_j - sort(u_i Y)_j)^2 over M directions u_i.
package enum SlicedDistance {
  /// The distance along given directions of unit length, rows of `directions`; of the first points of the larger set only as many
  /// as the smaller one has.
  package static func value(_ x: Matrix, _ y: Matrix, along directions: Matrix, on pool: ThreadPool) -> Double {
    let n = min(x.rows, y.rows)
    func first(_ points: Matrix) -> Matrix {
      points.rows == n
        ? points : Matrix(rows: n, columns: points.columns, values: Array(points.values.prefix(n * points.columns)))
    }
    let (ofX, ofY) = (first(x), first(y))
    let (projectedX, projectedY) = (InnerProducts(directions, ofX), InnerProducts(directions, ofY))
    let (left, right) = (projectedX.matrix(on: pool), projectedY.matrix(on: pool))
    let sums = pool.map(directions.rows) { number in
      let (one, other) = (left.row(number).sorted(), right.row(number).sorted())
      var sum = 0.0
      for place in 0..<n {
        let difference = one[place] - other[place]
        sum.addProduct(difference, difference)
      }
      return sum
    }
    return 3 * Double(x.columns) / (Double(n) * Double(directions.rows)) * sums.reduce(0, +)
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
