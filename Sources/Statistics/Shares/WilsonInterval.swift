/// A share k / n with Wilson's interval ("Probable Inference, the Law of Succession, and Statistical Inference", 1927).
package struct WilsonInterval: Sendable, Equatable {
  /// How many there are of the kind, k.
  package let count: Int
  /// How many there are in all, n.
  package let total: Int

  /// k of n.
  package init(_ count: Int, of total: Int) {
    precondition(0 <= count && count <= total)
    (self.count, self.total) = (count, total)
  }

  /// k / n, NaN of none.
  package var share: Double { Double(count) / Double(total) }

  /// The interval (p + z^2/2n +- z sqrt(p (1 - p) / n + z^2 / 4n^2)) / (1 + z^2/n), z being the normal quantile of `level` on both
  /// sides.
  ///
  /// Of none it is 0 to 1.
  package func interval(level: Double = 0.95) -> Interval {
    guard total > 0 else { return Interval(lower: 0, upper: 1) }
    let z = NormalDistribution.quantile(upper: (1 - level) / 2)
    let (n, p) = (Double(total), share)
    let middle = p + z * z / (2 * n)
    let half = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    let divisor = 1 + z * z / n
    return Interval(
      lower: count == 0 ? 0 : (middle - half) / divisor, upper: count == total ? 1 : (middle + half) / divisor)
  }
}
