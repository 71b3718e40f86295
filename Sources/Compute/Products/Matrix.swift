/// Values in Double, [rows, columns], row-major: what evaluation computes with.
package struct Matrix: Sendable, Equatable {
  /// The number of rows, such as samples.
  package let rows: Int
  /// The number of columns, such as features.
  package let columns: Int
  /// The values, a row after the other.
  package var values: [Double]

  /// Gathers values; there must be rows times columns.
  package init(rows: Int, columns: Int, values: [Double]) {
    precondition(values.count == rows * columns, "as many values as rows times columns")
    (self.rows, self.columns, self.values) = (rows, columns, values)
  }

  /// Zeros.
  package init(rows: Int, columns: Int) {
    self.init(rows: rows, columns: columns, values: [Double](repeating: 0, count: rows * columns))
  }

  /// The value in a row and a column.
  package subscript(row: Int, column: Int) -> Double {
    get { values[row &* columns &+ column] }
    set { values[row &* columns &+ column] = newValue }
  }

  /// The values of a row.
  package func row(_ number: Int) -> ArraySlice<Double> { values[(number * columns)..<((number + 1) * columns)] }

  /// The rows of these numbers, in this order.
  package func taking(_ numbers: some Collection<Int>) -> Matrix {
    var taken: [Double] = []
    taken.reserveCapacity(numbers.count * columns)
    for number in numbers { taken += row(number) }
    return Matrix(rows: numbers.count, columns: columns, values: taken)
  }

  /// Rows become columns.
  package var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    let edge = 32
    for firstRow in stride(from: 0, to: rows, by: edge) {
      for firstColumn in stride(from: 0, to: columns, by: edge) {
        for row in firstRow..<min(firstRow + edge, rows) {
          for column in firstColumn..<min(firstColumn + edge, columns) {
            result.values[column &* rows &+ row] = values[row &* columns &+ column]
          }
        }
      }
    }
    return result
  }
}
