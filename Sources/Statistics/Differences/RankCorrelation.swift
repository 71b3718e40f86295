/// How much the ranks of values follow another quantity (Spearman, "The Proof and Measurement of Association between Two Things",
/// 1904).
///
/// Ranks are mid-ranks: of equal values the mean of theirs. Infinite values are failures, which tie.
package enum RankCorrelation {
  /// Pearson's correlation of the mid-ranks of both, from -1 to 1; nil where one of them has no spread, and of fewer than two pairs.
  package static func spearman(_ x: [Double], _ y: [Double]) -> Double? {
    precondition(x.count == y.count, "a value without its partner")
    let (a, b) = (ranks(x), ranks(y))
    let middle = Double(x.count + 1) / 2
    var (products, left, right) = (0.0, 0.0, 0.0)
    for (first, second) in zip(a, b) {
      products += (first - middle) * (second - middle)
      left += (first - middle) * (first - middle)
      right += (second - middle) * (second - middle)
    }
    guard left > 0, right > 0 else { return nil }
    return products / (left * right).squareRoot()
  }

  /// The correlation ratio eta of mid-ranks: the root of the share of their squares that is between the means of the kinds, from 0
  /// to 1; nil where the values have no spread, and where all are of one kind.
  package static func ratio(_ kinds: [String], _ values: [Double]) -> Double? {
    precondition(kinds.count == values.count, "a value without its kind")
    guard Set(kinds).count > 1 else { return nil }
    let ranks = ranks(values)
    let middle = Double(values.count + 1) / 2
    let all = ranks.reduce(0) { $0 + ($1 - middle) * ($1 - middle) }
    guard all > 0 else { return nil }
    // In the order of their names, so that the sum has one order.
    var members: [String: [Double]] = [:]
    for (kind, rank) in zip(kinds, ranks) { members[kind, default: []].append(rank) }
    let between = members.sorted { $0.key < $1.key }.reduce(0.0) { sum, kind in
      let n = Double(kind.value.count)
      let distance = kind.value.reduce(0, +) / n - middle
      return sum + n * distance * distance
    }
    return (between / all).squareRoot()
  }

  private static func ranks(_ values: [Double]) -> [Double] { RankTest.doubledRanks(values).map { Double($0) / 2 } }
}
