/// The interquartile mean (IQM), the mean without the lowest and highest quarter of values.
///
/// Of n values g = floor(n / 4) are cut at either end, h = n - 2 g stay. Its standard error is that of Tukey and McLaughlin ("Less
/// Vulnerable Confidence and Significance Procedures for Location Based on a Single Sample", 1963), s_w sqrt(n - 1) / sqrt(h (h - 1))
/// with h - 1 degrees of freedom; s_w is the standard deviation once the cut values are set to the nearest that stay.
package struct TrimmedMean: Sendable, Equatable {
  /// The values that stay, h.
  package let kept: Int
  /// The interquartile mean with its standard error.
  package let estimate: Estimate

  /// The fewest runs of which it is the headline: of 4 only two stay, of 3 it is the mean.
  package static let fewest = 5

  /// Of values in any order; infinite ones are failed runs, which are cut first.
  package init(of values: [Double]) {
    let sorted = values.sorted()
    let (n, g) = (sorted.count, sorted.count / 4)
    let kept = Array(sorted[g..<(n - g)])
    self.kept = kept.count
    let mean = Moments(of: kept).mean
    guard kept.allSatisfy(\.isFinite), let lowest = kept.first, let highest = kept.last else {
      // Of both infinities the sum is no number; either is a failed run.
      let value = kept.first { !$0.isFinite } ?? .nan
      estimate = Estimate(value: value, standardError: .nan, degreesOfFreedom: Double(kept.count - 1))
      return
    }
    let winsorised = Moments(of: sorted.map { min(max($0, lowest), highest) })
    let h = Double(kept.count)
    estimate = Estimate(
      value: mean, standardError: winsorised.standardDeviation * (Double(n - 1) / (h * (h - 1))).squareRoot(),
      degreesOfFreedom: h - 1)
  }
}
