import Compute

/// The exact rank test of two independent groups (Wilcoxon, "Individual Comparisons by Ranking Methods", 1945; Mann and Whitney,
/// 1947), a permutation test of the sum of mid-ranks, so that ties are counted as they are.
///
/// Up to 100 runs all splits are counted without going through them: the number of ways to make a sum of so many ranks follows by
/// adding one rank after the other. Of more 9999 permutations are drawn.
package enum RankTest {
  /// The most runs of both groups of which all splits are counted.
  package static let mostCounted = 100

  /// The two-sided p, nil if a group is empty.
  ///
  /// Infinite values are failed runs, which tie.
  package static func p(_ a: [Double], _ b: [Double], random: Random) -> PermutationP? {
    guard !a.isEmpty, !b.isEmpty else { return nil }
    let doubled = doubledRanks(a + b)
    guard doubled.count <= mostCounted else {
      let ranks = doubled.map(Double.init)
      return PermutationTest.p(Array(ranks.prefix(a.count)), Array(ranks.suffix(b.count)), random: random)
    }
    var sides = Sides(observed: Double(doubled.prefix(a.count).reduce(0, +)), magnitude: 0)
    for (sum, ways) in ways(of: a.count, among: doubled).enumerated() where ways > 0 {
      sides.count(Double(sum), times: ways)
    }
    let splits = Splits.count(a.count, b.count)
    return PermutationP(low: sides.low, high: sides.high, of: splits, possible: splits, isExact: true)
  }

  /// Twice the mid-ranks from 1, whole numbers: of equal values the mean of their ranks.
  static func doubledRanks(_ values: [Double]) -> [Int] {
    values.map { value in values.reduce(1) { $0 + ($1 < value ? 2 : $1 == value ? 1 : 0) } }
  }

  /// In how many ways so many of some numbers have each sum, from 0.
  private static func ways(of count: Int, among numbers: [Int]) -> [Double] {
    let most = numbers.reduce(0, +)
    var ways = [[Double]](repeating: [Double](repeating: 0, count: most + 1), count: count + 1)
    ways[0][0] = 1
    var reached = 0
    for (index, number) in numbers.enumerated() {
      for taken in stride(from: min(count, index + 1), through: 1, by: -1) {
        for sum in 0...reached where ways[taken - 1][sum] > 0 { ways[taken][sum + number] += ways[taken - 1][sum] }
      }
      reached += number
    }
    return ways[count]
  }
}
