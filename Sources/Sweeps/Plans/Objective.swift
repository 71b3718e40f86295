import Specs

/// What a sweep looks for: a number of each run, and which ones are better.
package struct Objective: Sendable, Equatable {
  /// Which number of a run counts.
  package enum Value: String, Choice {
    /// The best of all rows so far.
    case best
    /// That of the last row.
    case last
    /// What was measured when the run ended.
    case verdict
  }

  /// The column of evaluation.csv, metrics.csv or verdict.csv.
  package let metric: String
  /// Which values are better; nil for the column's own direction.
  package let goal: Goal?
  /// Which number of a run counts.
  package let value: Value
  /// The standard error of a trial's value: two trials of a difference of at most twice as much are tied.
  package let noise: Double

  package init(metric: String, goal: Goal?, value: Value, noise: Double) {
    (self.metric, self.goal, self.value, self.noise) = (metric, goal, value, noise)
  }
}
