import Compute

/// The squared maximum mean discrepancy under the kernel (x y / d + 1)^3, without bias (Bińkowski et al., "Demystifying MMD GANs",
/// 2018): sum_{i != j} k(x_i, x_j) / (n (n - 1)) + the same of y - 2 mean k(x, y).
///
/// Of one distribution its mean is 0: values below 0 are as usual as those above.
package enum KernelDistance {
  /// The distance of two sets of at least two points each.
  package static func value(_ x: Matrix, _ y: Matrix, on pool: ThreadPool) -> Double {
    let (n, m) = (Double(x.rows), Double(y.rows))
    let own = sum(x, x, isSame: true, on: pool) / (n * (n - 1))
    let others = sum(y, y, isSame: true, on: pool) / (m * (m - 1))
    return own + others - 2 * (sum(x, y, isSame: false, on: pool) / (n * m))
  }

  /// The mean over disjoint blocks, and its standard error.
  package struct Estimate: Sendable {
    /// The mean of the blocks' distances.
    package let mean: Double
    /// The standard deviation of the blocks' distances divided by the root of their number; nil of a single one.
    package let standardError: Double?
  }

  /// The distance by ceil(max(n, m) / most) disjoint blocks of nearly equal size, the last ones one larger, of rows in their order:
  /// shuffle them first.
  package static func blocks(_ x: Matrix, _ y: Matrix, most: Int = 1024, on pool: ThreadPool) -> Estimate {
    let count = max(1, min((max(x.rows, y.rows) + most - 1) / most, min(x.rows, y.rows) / 2))
    let (ofX, ofY) = (ranges(x.rows, count), ranges(y.rows, count))
    let values = (0..<count).map { value(x.taking(ofX[$0]), y.taking(ofY[$0]), on: pool) }
    let mean = values.reduce(0, +) / Double(count)
    guard count > 1 else { return Estimate(mean: mean, standardError: nil) }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return Estimate(
      mean: mean, standardError: (squares / Double(count - 1)).squareRoot() / Double(count).squareRoot())
  }

  private static func ranges(_ count: Int, _ parts: Int) -> [Range<Int>] {
    let (size, larger) = (count / parts, count % parts)
    var start = 0
    return (0..<parts).map { part in
      let length = size + (part >= parts - larger ? 1 : 0)
      defer { start += length }
      return start..<(start + length)
    }
  }

  /// The sum of the kernel over all pairs, without those of a point with itself: each row in the order of the columns, then the
  /// rows in theirs.
  private static func sum(_ x: Matrix, _ y: Matrix, isSame: Bool, on pool: ThreadPool) -> Double {
    let d = Double(x.columns)
    let sums = InnerProducts(x, y).map(on: pool) { rows in
      [Double](repeating: 0, count: rows.count)
    } _: { sums, block in
      for row in block.rows {
        let start = block.start(ofRow: row)
        var sum = sums[row &- block.rows.lowerBound]
        for column in block.columns where !(isSame && column == row) {
          let base = block.values[start &+ column &- block.columns.lowerBound] / d + 1
          sum += base * base * base
        }
        sums[row &- block.rows.lowerBound] = sum
      }
    }
    return sums.joined().reduce(0, +)
  }
}
