import Compute

/// Filters of one dimension, of which two make one of a plane.
extension Matrix {
  /// A filter down the columns: row r of the result is sum_t taps[t] times row `source(r, t)`, by fused multiply-adds in the order
  /// of the taps; a tap without a source adds nothing.
  func filteredDown(by taps: [Double], rows count: Int, source: (Int, Int) -> Int?) -> Matrix {
    var values: [Double] = []
    values.reserveCapacity(count * columns)
    for row in 0..<count {
      var sums = [Double](repeating: 0, count: columns)
      for (tap, weight) in taps.enumerated() {
        if let place = source(row, tap) { add(weight, timesRow: place, to: &sums) }
      }
      values += sums
    }
    return Matrix(rows: count, columns: columns, values: values)
  }

  /// Both places' values combined, of two matrices of one shape.
  func combined(with other: Matrix, _ body: (Double, Double) -> Double) -> Matrix {
    Matrix(rows: rows, columns: columns, values: zip(values, other.values).map(body))
  }
}
