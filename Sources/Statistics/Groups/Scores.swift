/// The scores of a group: a number of each run, or that it failed.
///
/// Failed runs stay in. They are counted and rank worst in the median, the interquartile mean, ranks and probabilities; means and
/// standard deviations are over the finished runs.
package struct Scores: Sendable, Equatable {
  /// Which of two scores is better.
  package enum Better: Sendable, Equatable {
    case lower, higher
  }

  /// Which of two scores is better.
  package let better: Better
  /// The score of each run in its order, nil of a failed one.
  package let runs: [Double?]

  /// Of each run's score; one that is nil or not finite is that of a failed run.
  package init(_ runs: [Double?], better: Better) {
    self.runs = runs.map { $0.flatMap { $0.isFinite ? $0 : nil } }
    self.better = better
  }

  /// The scores of the finished runs, in their order.
  package var finished: [Double] { runs.compactMap { $0 } }
  /// How many runs failed.
  package var failed: Int { runs.count { $0 == nil } }
  /// A score of each run: of a failed one the infinity that is worst.
  package var all: [Double] { runs.map { $0 ?? (better == .lower ? .infinity : -.infinity) } }

  /// The mean over the finished runs.
  package var moments: Moments { Moments(of: finished) }
  /// The interquartile mean over all runs.
  package var trimmedMean: TrimmedMean { TrimmedMean(of: all) }
  /// The median over all runs.
  package var median: Double { Median.value(all) }
  /// The best score, nil if all runs failed.
  package var best: Double? { better == .lower ? finished.min() : finished.max() }
  /// The worst score of a finished run.
  package var worst: Double? { better == .lower ? finished.max() : finished.min() }
  /// The failed share's interval.
  package var failureRate: WilsonInterval { WilsonInterval(failed, of: runs.count) }

  /// The places, from 0, of finished runs that are worse than their median by more than 5 MAD.
  ///
  /// They are there to be named, never to be left out.
  package var outlying: [Int] {
    let median = Median.value(finished)
    let bound = 5 * Median.absoluteDeviation(finished)
    return runs.indices.filter { place in
      guard let score = runs[place] else { return false }
      return (better == .lower ? score - median : median - score) > bound
    }
  }
}
