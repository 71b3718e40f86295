/// Which terms of lazy regularization meet in a step: a term with the interval k is due in the steps 1, 1 + k, 1 + 2 k, ...
package enum DueIntervals {
  /// Every set of intervals whose terms are due together in some step; all of them, due in the first step, come first, then the
  /// others as they come.
  ///
  /// t steps after the first the intervals that divide t are due. These are, at t = m, all that divide m, the least common multiple of
  /// some of them; and whatever is due together somewhere is so at the least common multiple of its intervals. So the sets are as many
  /// as there are such multiples, and no step need be looked at.
  /// - Parameters:
  ///   - intervals: at least 1 each.
  ///   - steps: how many steps there are.
  ///   - limit: after how many sets it ends.
  package static func sets(of intervals: [Int], before steps: Int, limit: Int = .max) -> [Set<Int>] {
    let all = Set(intervals)
    var multiples: Set<Int> = steps > 1 ? [1] : []
    for interval in all.sorted() {
      guard multiples.count <= limit else { break }
      multiples.formUnion(multiples.compactMap { leastCommonMultiple($0, interval, below: steps) })
    }
    let others = multiples.sorted().map { multiple in all.filter { multiple.isMultiple(of: $0) } }.filter { $0 != all }
    return Array(([all] + others).prefix(limit))
  }

  /// nil where it is not below a bound.
  private static func leastCommonMultiple(_ first: Int, _ second: Int, below bound: Int) -> Int? {
    var (a, b) = (first, second)
    while b > 0 { (a, b) = (b, a % b) }
    let (product, overflow) = (first / a).multipliedReportingOverflow(by: second)
    return overflow || product >= bound ? nil : product
  }
}
