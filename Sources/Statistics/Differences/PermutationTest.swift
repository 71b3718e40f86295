import Compute

/// The permutation test of two independent groups with the difference of means (Pitman, "Significance Tests Which May Be Applied to
/// Samples from Any Populations", 1937).
///
/// All splits into groups of these sizes are gone through up to 100 000, else 9999 permutations are drawn.
package enum PermutationTest {
  /// The stream of permutations; the step is the number of the draw, from 0.
  package static let stream = "statistics/permutation"

  /// The two-sided p of two groups of finite values; nil if one is empty.
  package static func p(_ a: [Double], _ b: [Double], random: Random) -> PermutationP? {
    guard !a.isEmpty, !b.isEmpty else { return nil }
    let pooled = a + b
    // The sum of the first group alone goes up and down with the difference.
    var sides = Sides(observed: a.reduce(0, +), magnitude: pooled.reduce(0) { $0 + abs($1) })
    let splits = Splits.count(a.count, b.count)
    guard splits > PermutationP.mostArrangements else {
      Splits.forEach(a.count, of: pooled.count) { places in sides.count(places.reduce(0) { $0 + pooled[$1] }) }
      return PermutationP(low: sides.low, high: sides.high, of: splits, possible: splits, isExact: true)
    }
    var order = [Int32](repeating: 0, count: pooled.count)
    for draw in 0..<PermutationP.draws {
      random.shuffle(&order, stream: stream, step: UInt32(draw))
      sides.count(order.prefix(a.count).reduce(0) { $0 + pooled[Int($1)] })
    }
    return PermutationP(
      low: sides.low, high: sides.high, of: Double(PermutationP.draws), possible: splits, isExact: false)
  }
}

/// The splits of n + m places into groups of n and m.
enum Splits {
  /// How many there are, C(n + m, n); exact up to 2^53.
  static func count(_ n: Int, _ m: Int) -> Double {
    guard min(n, m) > 0 else { return 1 }
    // Each partial product is a binomial coefficient itself.
    return (1...min(n, m)).reduce(1) { $0 * Double(max(n, m) + $1) / Double($1) }
  }

  /// Calls `body` with the places of the first group, ascending, of each split.
  static func forEach(_ n: Int, of count: Int, _ body: ([Int]) -> Void) {
    var places = Array(0..<n)
    while true {
      body(places)
      guard let moved = places.indices.last(where: { places[$0] < count - n + $0 }) else { return }
      let start = places[moved] + 1
      for place in moved..<n { places[place] = start + place - moved }
    }
  }
}
