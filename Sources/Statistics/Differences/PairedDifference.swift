import Compute

/// The difference A - B of runs in pairs, as of the same seed.
package struct PairedDifference: Sendable, Equatable {
  /// The differences of the pairs of which both runs finished.
  package let differences: [Double]
  /// Pearson's correlation of those pairs: what pairing gains; nil without spread.
  package let correlation: Double?
  /// How many pairs are left out, since a run failed.
  package let failed: Int

  /// The stream of signs; the step is the number of the draw, from 0, and the sign of pair i is minus where the upper bit of word i is
  /// set.
  package static let stream = "statistics/signs"

  /// Of two groups of as many runs each, with the same direction, run by run.
  package init(_ a: Scores, _ b: Scores) {
    precondition(a.runs.count == b.runs.count && a.better == b.better)
    let pairs = zip(a.runs, b.runs).compactMap { left, right in left.flatMap { left in right.map { (left, $0) } } }
    differences = pairs.map { $0 - $1 }
    failed = a.runs.count - pairs.count
    let (x, y) = (Moments(of: pairs.map(\.0)), Moments(of: pairs.map(\.1)))
    let spread = Double(pairs.count - 1) * x.standardDeviation * y.standardDeviation
    let products = pairs.reduce(0) { $0 + ($1.0 - x.mean) * ($1.1 - y.mean) }
    correlation = spread > 0 ? products / spread : nil
  }

  /// The mean difference by the paired t.
  package var mean: Estimate { Moments(of: differences).estimate }

  /// The p of the sign-flip test of the mean difference (Fisher, "The Design of Experiments", 1935), nil without pairs.
  ///
  /// All signs are gone through up to 16 pairs, else 9999 are drawn.
  package func signFlipP(random: Random) -> PermutationP? {
    let n = differences.count
    guard n > 0 else { return nil }
    var sides = Sides(observed: differences.reduce(0, +), magnitude: differences.reduce(0) { $0 + abs($1) })
    guard n > 16 else {
      for signs in 0..<(1 << n) {
        sides.count(differences.indices.reduce(0) { $0 + (signs >> $1 & 1 == 0 ? differences[$1] : -differences[$1]) })
      }
      let all = Double(1 << n)
      return PermutationP(low: sides.low, high: sides.high, of: all, possible: all, isExact: true)
    }
    for draw in 0..<PermutationP.draws {
      let words = random.bits(stream: PairedDifference.stream, step: UInt32(draw), count: n)
      sides.count(zip(differences, words).reduce(0) { $0 + ($1.1 >> 31 == 0 ? $1.0 : -$1.0) })
    }
    return PermutationP(
      low: sides.low, high: sides.high, of: Double(PermutationP.draws), possible: n < 63 ? Double(1 << n) : .infinity,
      isExact: false)
  }
}
