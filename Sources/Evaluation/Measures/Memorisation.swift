import Compute

/// Whether generated points lie closer to the training points than points of the same distribution do that were not trained on.
///
/// Each value of generated points means something beside that of held-out points: both depend on how well the distribution is
/// met.
package struct Memorisation: Sendable {
  /// The share of authentic points: AuthPct / 100.
  package let authentic: Double
  /// Points closer to a training point than the first percentile of held-out points is.
  package let copies: Int
  /// Points with d1 / d2 below 1/3, the distances to their two nearest training points (Yoon et al., "Diffusion Probabilistic Models
  /// Generalize when They Fail to Memorize", 2023).
  package let ratioCopies: Int
  /// The smallest d1 / d2.
  package let smallestRatio: Double
  /// How many points were looked at.
  package let count: Int

  /// Of points whose two nearest training points are known.
  /// - Parameters:
  ///   - nearest: of each point, the two nearest training points.
  ///   - isAuthentic: whether each point is authentic.
  ///   - threshold: the squared distance below which a point is taken for a copy.
  package init(_ nearest: Nearest, isAuthentic: [Bool], threshold: Double) {
    count = nearest.count
    let k = nearest.k
    authentic = Double(isAuthentic.count { $0 }) / Double(max(count, 1))
    copies = (0..<count).count { nearest.squared[$0 * k] < threshold }
    let ratios = (0..<count).map { point -> Double in
      let (first, second) = (nearest.squared[point * k], nearest.squared[point * k + 1])
      return second > 0 ? (first / second).squareRoot() : 1
    }
    smallestRatio = ratios.min() ?? 1
    ratioCopies = ratios.count { $0 < 1.0 / 3 }
  }

  /// The share of copies.
  package var copyRate: Double { Double(copies) / Double(max(count, 1)) }

  /// The square of the first percentile of held-out points' distances: a hundredth of the way along them sorted, on the straight
  /// line between the two at places floor((n - 1) / 100) and the next (Hyndman and Fan, "Sample Quantiles in Statistical Packages",
  /// 1996, their definition 7).
  package static func threshold(heldOut: Nearest) -> Double { percentile(ofSquared: heldOut.nearest) }

  /// The square of the first percentile of values whose squares are given.
  static func percentile(ofSquared squared: [Double]) -> Double {
    let sorted = squared.sorted()
    guard let last = sorted.indices.last else { return 0 }
    let (place, rest) = last.quotientAndRemainder(dividingBy: 100)
    let (low, high) = (sorted[place], sorted[min(place + 1, last)])
    // Of a value that is met exactly the square is not rounded twice.
    guard rest > 0, low < high else { return low }
    let (near, far) = (low.squareRoot(), high.squareRoot())
    let between = near + (far - near) * Double(rest) / 100
    return between * between
  }

  /// Wilson's interval of a share at 95 %.
  package static func interval(of part: Int, among count: Int) -> ClosedRange<Double> {
    guard count > 0 else { return 0...1 }
    let (n, z) = (Double(count), 1.959963984540054)
    let share = Double(part) / n
    let middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    let half = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot() / (1 + z * z / n)
    return max(0, middle - half)...min(1, middle + half)
  }
}

/// The three-sample test C_T: by how many standard errors generated points lie closer to training points than held-out ones
/// (Meehan et al., "A Non-Parametric Test to Detect Data-Copying in Generative Models", 2020).
///
/// Below -3 they copy, above 3 they miss the distribution.
package enum CopyTest {
  /// The statistic over cells of the training points' space, weighted by the shares of held-out points; nil where no cell has enough
  /// of all.
  /// - Parameters:
  ///   - generated, heldOut: squared distances to the nearest training points.
  ///   - cells: the cell of each generated and each held-out point.
  package static func statistic(
    generated: [Double], heldOut: [Double], cells: (generated: [Int], heldOut: [Int], count: Int)
  ) -> Double? {
    var (sum, weights) = (0.0, 0.0)
    for cell in 0..<cells.count {
      let q = zip(generated, cells.generated).filter { $0.1 == cell }.map(\.0)
      let p = zip(heldOut, cells.heldOut).filter { $0.1 == cell }.map(\.0)
      // A share of generated points of at most 20 / m is too few.
      guard q.count > 20 || cells.count == 1, !p.isEmpty, !q.isEmpty else { continue }
      let weight = Double(p.count) / Double(heldOut.count)
      sum += weight * standardised(q, p)
      weights += weight
    }
    return weights > 0 ? sum / weights : nil
  }

  /// U, the number of pairs with q > p (equal ones count one half), of which the mean and variance for equal distributions are taken off.
  private static func standardised(_ q: [Double], _ p: [Double]) -> Double {
    let (m, n) = (Double(q.count), Double(p.count))
    let mean = m * n / 2 - 0.5
    return (pairs(q, above: p) - mean) / (m * n * (m + n + 1) / 12).squareRoot()
  }

  /// How many pairs have a value of `q` above one of `p`, pairs of equal values counting one half.
  package static func pairs(_ q: [Double], above p: [Double]) -> Double {
    let (q, p) = (q.sorted(), p.sorted())
    var (count, below, notAbove) = (0.0, 0, 0)
    for value in q {
      while below < p.count, p[below] < value { below += 1 }
      while notAbove < p.count, p[notAbove] <= value { notAbove += 1 }
      count += Double(below + notAbove) / 2
    }
    return count
  }
}
