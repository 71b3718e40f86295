import Compute
import Foundation

extension Rule {
  /// What works along the last axis or sample by sample, and what comes from the step's number.
  static let others: [Rule] = [
    Rule(Concatenation.self) { _, site in
      let rows = site.result.count / (site.result.axes.last ?? 1)
      return (0..<rows).flatMap { row in
        site.operands.flatMap { operand -> [Double] in
          let width = operand.values.count / rows
          return Array(operand.values[(row * width)..<((row + 1) * width)])
        }
      }
    },
    Rule(Columns.self) { operation, site in
      let width = site.operands[0].shape.axes.last ?? 1
      return site.operands[0].values.enumerated().filter { place, _ in
        (operation.start..<operation.start + operation.count).contains(place % width)
      }.map(\.element)
    },
    Rule(RowMaximum.self) { _, site in
      let (x, columns) = (site.operands[0].values, site.operands[0].shape.axes.last ?? 1)
      return stride(from: 0, to: x.count, by: columns).map { x[$0..<($0 + columns)].max() ?? 0 }
    },
    Rule(Softmax.self) { _, site in
      let width = site.result.axes.last ?? 1
      let x = site.operands[0].values
      return stride(from: 0, to: x.count, by: width).flatMap { start -> [Double] in
        let row = x[start..<start + width]
        let largest = row.max() ?? 0
        let powers = row.map { exp($0 - largest) }
        let sum = powers.reduce(0, +)
        return powers.map { $0 / sum }
      }
    },
    Rule(BatchedProduct.self) { operation, site in
      let (a, b) = (site.operands[0], site.operands[1])
      let inner = a.shape[operation.transposesA ? 1 : 2]
      func value(_ operand: Interpreter.Value, _ n: Int, _ row: Int, _ column: Int, _ isTransposed: Bool) -> Double {
        let (first, second) = isTransposed ? (column, row) : (row, column)
        return operand.values[(n * operand.shape[1] + first) * operand.shape[2] + second]
      }
      return (0..<site.result.count).map { place in
        let (n, rest) = place.quotientAndRemainder(dividingBy: site.result[1] * site.result[2])
        let (row, column) = rest.quotientAndRemainder(dividingBy: site.result[2])
        return (0..<inner).reduce(0) {
          $0 + value(a, n, row, $1, operation.transposesA) * value(b, n, $1, column, operation.transposesB)
        }
      }
    },
    Rule(PairDistance.self) { _, site in
      let (v, m) = (site.operands[0].values, site.operands[1].values)
      var s = [Double](repeating: 0, count: site.result.count)
      pairs(site.operands[1]) { i, j, pair in s[pair] += sign(m[i] - m[j]) * (v[i] - v[j]) }
      return s
    },
    Rule(PairSum.self) { _, site in
      let (s, m) = (site.operands[0].values, site.operands[1].values)
      var v = [Double](repeating: 0, count: m.count)
      pairs(site.operands[1]) { i, j, pair in
        v[i] += s[pair] * sign(m[i] - m[j])
        v[j] -= s[pair] * sign(m[i] - m[j])
      }
      return v
    },
  ]

  private static func sign(_ x: Double) -> Double { x > 0 ? 1 : x < 0 ? -1 : 0 }

  /// The places in [N, B, C] of the same value of two samples, and that of their pair in [N, N, B].
  private static func pairs(_ vectors: Interpreter.Value, _ body: (_ i: Int, _ j: Int, _ pair: Int) -> Void) {
    let (n, b, c) = (vectors.shape[0], vectors.shape[1], vectors.shape[2])
    for i in 0..<n {
      for j in 0..<n {
        for value in 0..<b * c { body(i * b * c + value, j * b * c + value, (i * n + j) * b + value / c) }
      }
    }
  }
}
