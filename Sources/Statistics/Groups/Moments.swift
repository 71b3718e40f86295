/// The mean and standard deviation of values.
package struct Moments: Sendable, Equatable {
  /// How many values there are.
  package let count: Int
  /// The mean, NaN of none.
  package let mean: Double
  /// The standard deviation, with n - 1 in its divisor; NaN of fewer than two.
  package let standardDeviation: Double

  /// Of values in their order.
  package init(of values: [Double]) {
    count = values.count
    guard let first = values.first else {
      (mean, standardDeviation) = (.nan, .nan)
      return
    }
    let n = Double(count)
    // From the first one: equal values have a spread of exactly 0.
    let mean = first + values.reduce(0) { $0 + ($1 - first) } / n
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.mean = mean
    standardDeviation = count > 1 ? (squares / (n - 1)).squareRoot() : .nan
  }

  /// The mean as an estimate: standard error s / sqrt n, n - 1 degrees of freedom.
  package var estimate: Estimate {
    Estimate(
      value: mean, standardError: standardDeviation / Double(count).squareRoot(), degreesOfFreedom: Double(count - 1))
  }
}
