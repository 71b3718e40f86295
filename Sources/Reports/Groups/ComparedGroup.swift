import Networks
import Statistics

extension GroupComparison {
  /// A number with its interval, as far as there are any.
  package struct Estimated: Codable, Sendable {
    /// The number; nil where failed runs reach into it, or there are too few.
    package let value: Double?
    /// The lower end of the 95 % interval.
    package let lower: Double?
    /// Its upper end.
    package let upper: Double?
    /// The two-sided p of it being 0; nil of what is no difference.
    package let p: Double?

    init(_ estimate: Estimate, withP: Bool = false) {
      let interval = estimate.interval().interval
      value = finite(estimate.value)
      (lower, upper) = (interval?.lower, interval?.upper)
      p = withP ? estimate.p : nil
    }

    init(_ value: Double, _ interval: IntervalResult) {
      self.value = finite(value)
      (lower, upper) = (interval.interval?.lower, interval.interval?.upper)
      p = nil
    }
  }

  /// A run of a group.
  package struct Run: Codable, Sendable {
    /// Its folder.
    package let path: String
    /// Its seed.
    package let seed: UInt64
    /// How it stands.
    package let status: String
    /// Its score; nil of a failed run.
    package let value: Double?
    /// The standard error of the value, where the evaluation says it.
    package let standardError: Double?
    /// Whether it is worse than the median of its group by more than 5 MAD.
    package let standsOut: Bool
  }

  /// A group of runs.
  package struct Group: Codable, Sendable {
    /// Its letter, A for the first.
    package let letter: String
    /// What it is called.
    package let name: String
    /// Its runs.
    package let runs: [Run]
    /// How many of them failed: diverged, could not write, or have no finite value.
    package let failed: Int
    /// The failed share with Wilson's interval.
    package let failureRate: Estimated
    /// The interquartile mean over all runs with Tukey and McLaughlin's interval; nil of fewer than 5 runs.
    package let interquartileMean: Estimated?
    /// The mean over the finished runs with its t interval.
    package let mean: Estimated
    /// The standard deviation of the finished runs.
    package let standardDeviation: Double?
    /// The median over all runs; nil where it is that of failed runs.
    package let median: Double?
    /// The best value.
    package let best: Double?
    /// The worst value of a finished run.
    package let worst: Double?
    /// The root mean square of the values' standard errors, where the evaluation says them.
    package let evaluationError: Double?
    /// The metric step by step; nil where it is measured at the end alone.
    package let curve: GroupCurve?

    /// Whether what the evaluation alone makes of a value is more than a third of the standard deviation over seeds.
    package var isNoisy: Bool {
      guard let evaluationError, let standardDeviation else { return false }
      return evaluationError > standardDeviation / 3
    }

    init(_ number: Int, _ name: String, _ runs: [ScoredRun], _ metric: GroupMetric, _ scores: Scores) {
      letter = GroupComparison.letter(number)
      self.name = name
      let outlying = Set(scores.outlying)
      self.runs = runs.enumerated().map { place, run in
        let error = metric.value == .verdict ? run.judgement(of: metric.column)?.standardError : nil
        return Run(
          path: run.folder.path, seed: run.seed, status: run.status, value: scores.runs[place],
          standardError: scores.runs[place] == nil ? nil : error, standsOut: outlying.contains(place))
      }
      failed = scores.failed
      failureRate = Estimated(scores.failureRate.share, .interval(scores.failureRate.interval()))
      interquartileMean = runs.count < TrimmedMean.fewest ? nil : Estimated(scores.trimmedMean.estimate)
      mean = Estimated(scores.moments.estimate)
      standardDeviation = finite(scores.moments.standardDeviation)
      median = finite(scores.median)
      (best, worst) = (scores.best, scores.worst)
      curve = GroupCurve(metric.column, of: runs)
      let squares = self.runs.compactMap { $0.standardError.map { $0 * $0 } }
      evaluationError = squares.isEmpty ? nil : (squares.reduce(0, +) / Double(squares.count)).squareRoot()
    }
  }

  /// A, B and so on, after Z with numbers.
  package static func letter(_ number: Int) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return "\(letters[number % letters.count])" + (number < letters.count ? "" : "\(number / letters.count)")
  }
}

/// A value unless it is infinite or none.
func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }
