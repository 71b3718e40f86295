import Compute

extension Rule {
  /// Sums and products of matrices.
  static let sums: [Rule] = [
    Rule(Total.self) { operation, site in
      let operand = site.operands[0]
      let kept = operand.shape.axes.suffix(operation.keptAxes).reduce(1, *)
      var result = [Double](repeating: 0, count: kept)
      for (place, value) in operand.values.enumerated() {
        result[place % kept] += operation.kind == .squares ? value * value : value
      }
      return result
    },
    Rule(Sum.self) { operation, site in
      let operand = site.operands[0]
      let axes = operand.shape.axes
      let inner = axes[operation.axes.upperBound...].reduce(1, *)
      let summed = axes[operation.axes].reduce(1, *)
      var result = [Double](repeating: 0, count: operand.values.count / summed)
      for (place, value) in operand.values.enumerated() {
        result[place / (inner * summed) * inner + place % inner] += value
      }
      return result
    },
    Rule(Product.self) { operation, site in product(operation, site.operands[0], site.operands[1]) },
    Rule(SumOfProducts.self) { operation, site in
      let products = operation.terms.enumerated().map { number, term in
        product(term, site.operands[2 * number], site.operands[2 * number + 1])
      }
      return products[0].indices.map { place in products.reduce(0) { $0 + $1[place] } }
    },
  ]
}

private func product(_ operation: Product, _ a: Interpreter.Value, _ b: Interpreter.Value) -> [Double] {
  let (a, b) = (Matrix(a, transposed: operation.transposesA), Matrix(b, transposed: operation.transposesB))
  var result: [Double] = []
  for row in 0..<a.rows {
    for column in 0..<b.columns {
      result.append((0..<a.columns).reduce(0) { $0 + a[row, $1] * b[$1, column] })
    }
  }
  return result
}

/// A matrix, or its transpose.
private struct Matrix {
  let rows: Int
  let columns: Int
  private let value: Interpreter.Value
  private let isTransposed: Bool

  init(_ value: Interpreter.Value, transposed: Bool) {
    self.value = value
    isTransposed = transposed
    rows = value.shape[transposed ? 1 : 0]
    columns = value.shape[transposed ? 0 : 1]
  }

  subscript(row: Int, column: Int) -> Double {
    value.values[isTransposed ? column * value.shape[1] + row : row * value.shape[1] + column]
  }
}
