import Compute
import Evaluation
import Testing

/// Data that any language can make: a congruential generator of 31 bits, exact in Double.
enum Golden {
  /// x = (1103515245 x + 12345) mod 2^31, u = x / 2^31; a value is the sum of twelve u, less 6.
  static func matrix(seed: UInt64, rows: Int, columns: Int, scale: Double = 1, shift: Double = 0) -> Matrix {
    var x = seed
    let values = (0..<(rows * columns)).map { _ in
      var sum = 0.0
      for _ in 0..<12 {
        x = (1_103_515_245 &* x &+ 12345) % (1 << 31)
        sum += Double(x) / Double(1 << 31)
      }
      return scale * (sum - 6) + shift
    }
    return Matrix(rows: rows, columns: columns, values: values)
  }

  static let real = matrix(seed: 1, rows: 200, columns: 8)
  static let generated = matrix(seed: 2, rows: 150, columns: 8, scale: 0.9, shift: 0.3)
  static let test = matrix(seed: 3, rows: 120, columns: 8)
  static let wide: Matrix = {
    var wide = generated
    for place in wide.values.indices { wide.values[place] = 1.8 * wide.values[place] + 1 }
    return wide
  }()

  static func first(_ count: Int, of points: Matrix) -> Matrix { points.taking(0..<count) }
}

/// A named value with what it must be.
struct Case: Sendable, CustomTestStringConvertible {
  let name: String
  let expected: Double
  let value: @Sendable (ThreadPool) -> Double
  var testDescription: String { name }

  init(_ name: String, _ expected: Double, _ value: @escaping @Sendable (ThreadPool) -> Double) {
    (self.name, self.expected, self.value) = (name, expected, value)
  }
}
