import Statistics

/// Means over runs at the steps that all of them have, and at no others: nothing is drawn between rows, and nothing made up.
package enum SharedSteps {
  /// The mean of the runs at a step.
  package struct Mean: Sendable, Equatable {
    package let step: Double
    /// How many runs there are.
    package let count: Int
    /// The mean of their values.
    package let mean: Double
    /// The ends of its 95 % t interval; nil of a single run, and of equal values.
    package let lower: Double?
    package let upper: Double?
  }

  /// The steps at which all curves have a finite value, ascending, with the means there.
  package static func means(_ curves: [ReportCurve]) -> [Mean] {
    guard let first = curves.first else { return [] }
    let tables = curves.dropFirst().map { curve in
      Dictionary(zip(curve.steps, curve.values)) { _, last in last }
    }
    var means: [Mean] = []
    for (step, value) in zip(first.steps, first.values) where value.isFinite {
      var values = [value]
      for table in tables {
        guard let value = table[step], value.isFinite else { break }
        values.append(value)
      }
      guard values.count == curves.count else { continue }
      let estimate = Moments(of: values).estimate
      let interval = estimate.interval().interval
      means.append(
        Mean(
          step: step, count: values.count, mean: estimate.value, lower: interval?.lower, upper: interval?.upper))
    }
    return means
  }
}
