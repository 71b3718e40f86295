import Compute

/// The budget curve of a sweep: the expected best score of k trials, for each k up to all N (Lucic et al., "Are GANs Created Equal?",
/// 2018).
///
/// It is the U-statistic of Tang et al. ("Showing Your Work Doesn't Always Work", 2020), the mean over all sets of k trials: sum_i
/// x_(i) C(N - i, k - 1) / C(N, k), x_(1) being the best. A failed trial counts like the worst that finished.
package struct BudgetCurve: Sendable, Equatable {
  /// The expected best of k trials at place k - 1; empty if no trial finished.
  package let expected: [Double]
  /// The trials' scores, failed ones as they count.
  private let scores: [Double]
  private let better: Scores.Better

  /// Of the trials of a sweep.
  package init(_ trials: Scores) {
    better = trials.better
    if let worst = trials.worst {
      scores = trials.runs.map { $0 ?? worst }
    } else {
      scores = []
    }
    expected = BudgetCurve.curve(scores, better)
  }

  /// The percentile bootstrap's intervals of each k: the trials drawn anew, with the stream `statistics/bootstrap`.
  ///
  /// A resample has no better trial than the best of all, so that the band is too narrow towards N.
  package func band(resamples: Int = 999, level: Double = 0.95, random: Random) -> [Interval] {
    var curves = expected.map { _ in [Double]() }
    for resample in 0..<resamples {
      let words = random.bits(stream: Bootstrap.stream, step: UInt32(resample), count: scores.count)
      let drawn = words.map { scores[Random.index(of: $0, below: scores.count)] }
      for (k, value) in BudgetCurve.curve(drawn, better).enumerated() { curves[k].append(value) }
    }
    return curves.map { values in
      let sorted = values.sorted()
      return Interval(
        lower: Quantile.value((1 - level) / 2, ofSorted: sorted),
        upper: Quantile.value((1 + level) / 2, ofSorted: sorted))
    }
  }

  private static func curve(_ scores: [Double], _ better: Scores.Better) -> [Double] {
    let sorted = better == .lower ? scores.sorted() : scores.sorted(by: >)
    let n = sorted.count
    return sorted.indices.map { place in
      let k = place + 1
      // The weight of the i-th best; each follows from the one before.
      var (weight, sum) = (Double(k) / Double(n), 0.0)
      for i in 1...(n - k + 1) {
        sum += weight * sorted[i - 1]
        weight *= Double(n - i - k + 1) / Double(max(n - i, 1))
      }
      return sum
    }
  }
}
