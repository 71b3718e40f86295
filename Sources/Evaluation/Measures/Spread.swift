import Compute

/// The spread of points about their mean.
package enum Spread {
  /// The root of the summed variances, sqrt(sum_n |x_n - mean|^2 / (n - 1)), in units of the points; 0 of a single one.
  ///
  /// Means are sums in the order of the rows; squares are added along a row, then over the rows.
  package static func value(_ points: Matrix) -> Double {
    guard points.rows > 1 else { return 0 }
    var mean = [Double](repeating: 0, count: points.columns)
    for row in 0..<points.rows { points.add(1, timesRow: row, to: &mean) }
    for column in mean.indices { mean[column] /= Double(points.rows) }
    let squares = (0..<points.rows).reduce(0.0) { sum, row in
      sum
        + zip(points.row(row), mean).reduce(0.0) { sum, pair in
          let difference = pair.0 - pair.1
          return sum.addingProduct(difference, difference)
        }
    }
    return (squares / Double(points.rows - 1)).squareRoot()
  }
}
