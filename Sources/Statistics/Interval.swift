/// A confidence interval.
package struct Interval: Sendable, Equatable {
  /// The lower end.
  package let lower: Double
  /// The upper end.
  package let upper: Double

  /// Between two ends.
  package init(lower: Double, upper: Double) { (self.lower, self.upper) = (lower, upper) }

  /// Whether a value lies in it, ends included.
  package func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
}

/// Why there is no interval.
package enum Degeneracy: Sendable, Equatable {
  /// Too few runs say anything of their spread.
  case tooFewRuns
  /// The runs that count are equal, or nearly all: the spread is 0, though that of further runs need not be.
  case noSpread
  /// Failed runs rank worst, and reach into what is estimated.
  case failedRuns
}

/// An interval, or why there is none.
package enum IntervalResult: Sendable, Equatable {
  case interval(Interval)
  case none(Degeneracy)

  /// The interval, if there is one.
  package var interval: Interval? {
    guard case .interval(let interval) = self else { return nil }
    return interval
  }
}
