import Compute

/// Fisher's exact test of two shares being equal (Fisher, "The Logic of Inductive Inference", 1935).
package enum FisherTest {
  /// The two-sided p: the probability, given all margins, of tables that are no more probable than this one, those within 1e-12 of
  /// it included.
  ///
  /// - Parameters:
  ///   - a: How many of the first group are of the kind, and how many the group has.
  ///   - b: The same of the second group.
  package static func p(_ a: (count: Int, total: Int), _ b: (count: Int, total: Int)) -> Double {
    precondition(0...a.total ~= a.count && 0...b.total ~= b.count)
    let count = a.count + b.count
    let all = LogGamma.binomial(a.total + b.total, count)
    // The hypergeometric distribution of the first group's count.
    let probabilities = (max(0, count - b.total)...min(a.total, count)).map { k in
      CorrectlyRounded.exponential(LogGamma.binomial(a.total, k) + LogGamma.binomial(b.total, count - k) - all)
    }
    let observed = probabilities[a.count - max(0, count - b.total)]
    let sum = probabilities.reduce(0, +)
    return probabilities.reduce(0) { $1 <= observed * (1 + 1e-12) ? $0 + $1 : $0 } / sum
  }
}
