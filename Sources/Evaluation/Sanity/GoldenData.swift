import Compute

/// Data that any language can make: a congruential generator of 31 bits, exact in double.
package enum GoldenData {
  /// x = (1103515245 x + 12345) mod 2^31 from x = seed on, u = x / 2^31; a value is the sum of twelve u, less 6, scaled and shifted.
  package static func matrix(seed: UInt64, rows: Int, columns: Int, scale: Double = 1, shift: Double = 0) -> Matrix {
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

  /// R: real samples.
  package static let real = matrix(seed: 1, rows: 200, columns: 8)
  /// F: generated samples.
  package static let generated = matrix(seed: 2, rows: 150, columns: 8, scale: 0.9, shift: 0.3)
  /// T: held-out samples.
  package static let test = matrix(seed: 3, rows: 120, columns: 8)
  /// 1.8 F + 1: generated samples that lie far away.
  package static let far = generated.map { 1.8 * $0 + 1 }
  /// As many samples of R as F has.
  package static let equallyMany = real.taking(0..<150)
}

extension Matrix {
  /// The matrix with every value changed.
  func map(_ change: (Double) -> Double) -> Matrix {
    Matrix(rows: rows, columns: columns, values: values.map(change))
  }
}
