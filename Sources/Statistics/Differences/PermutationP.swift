/// The two-sided p of a permutation test: twice the smaller share of arrangements at least as far out on one side, at most 1.
///
/// Of all arrangements the share is b / B, of B drawn ones (b + 1) / (B + 1) (Phipson and Smyth, "Permutation P-values Should Never
/// Be Zero", 2010).
package struct PermutationP: Sendable, Equatable {
  /// The p.
  package let value: Double
  /// The smallest p that groups of these sizes can have, without ties.
  package let smallest: Double
  /// Whether all arrangements were counted.
  package let isExact: Bool

  /// The most arrangements that are all gone through.
  package static let mostArrangements = 100_000.0
  /// How many are drawn of more.
  package static let draws = 9999

  /// Of how many arrangements lie as low as what was seen or lower, and as high or higher.
  init(low: Double, high: Double, of total: Double, possible: Double, isExact: Bool) {
    let added = isExact ? 0.0 : 1
    value = min(1, 2 * (min(low, high) + added) / (total + added))
    smallest = min(1, 2 / (isExact ? possible : min(possible, total + 1)))
    self.isExact = isExact
  }
}

/// Arrangements on either side of what was seen, those within rounding on both.
struct Sides {
  /// The statistic as seen.
  let observed: Double
  /// What rounding may differ by: 100 times 2^-52 of what is summed.
  let tolerance: Double
  private(set) var low = 0.0
  private(set) var high = 0.0

  init(observed: Double, magnitude: Double) {
    self.observed = observed
    tolerance = 100 * 0x1p-52 * magnitude
  }

  /// Counts an arrangement.
  mutating func count(_ statistic: Double, times: Double = 1) {
    if statistic <= observed + tolerance { low += times }
    if statistic >= observed - tolerance { high += times }
  }
}
