import Compute

/// Mean and covariance of the rows of a matrix.
package struct Moments: Sendable {
  /// The number of rows.
  package let count: Int
  /// The mean of each column: the sum in the order of the rows, divided by their number.
  package let mean: [Double]
  /// sum_n (x_n - mean) (x_n - mean)^T / (count - 1), zeros of a single row.
  package let covariance: Matrix

  /// Moments that are known, such as those of a distribution.
  package init(count: Int, mean: [Double], covariance: Matrix) {
    (self.count, self.mean, self.covariance) = (count, mean, covariance)
  }

  /// Of at least one row.
  package init(of points: Matrix, on pool: ThreadPool) {
    count = points.rows
    var sums = [Double](repeating: 0, count: points.columns)
    for row in 0..<points.rows {
      for (column, value) in points.row(row).enumerated() { sums[column] += value }
    }
    let mean = sums.map { $0 / Double(points.rows) }
    self.mean = mean
    var columns = points.transposed
    for column in 0..<columns.rows {
      for row in 0..<columns.columns { columns[column, row] -= mean[column] }
    }
    var covariance = InnerProducts(columns, columns).matrix(on: pool)
    let divisor = Double(max(points.rows - 1, 1))
    for place in covariance.values.indices { covariance.values[place] /= divisor }
    self.covariance = covariance
  }

  /// Bytes that it takes to compute those of so many points and their distance from others: their columns, and seven square
  /// matrices, which are both covariances and factors, one of these while it is made, the overlap and what its singular values take.
  static func bytes(_ counts: SampleCounts, of count: Int) -> Int {
    counts.points(count) + counts.points(7 * counts.dimensions)
  }

  /// The sum of the variances, in the order of the columns.
  package var trace: Double { (0..<covariance.rows).reduce(0) { $0 + covariance[$1, $1] } }
}
