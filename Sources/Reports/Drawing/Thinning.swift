/// Fewer points of a long series that look the same.
package enum Thinning {
  /// The least, the greatest and the last point of each of equally many stretches, in their order; all where there are few enough.
  ///
  /// Peaks stay, which a mean would hide. The first value of a stretch that is none stays as a gap.
  /// - Parameter count: how many points are left at most, 5 at least.
  package static func extremes(_ points: [Figure.Point], atMost count: Int) -> [Figure.Point] {
    guard points.count > count else { return points }
    let buckets = max(1, (count - 1) / 4)
    // The first point stands for itself.
    let rest = points.count - 1
    var kept = [points[0]]
    for bucket in 0..<buckets {
      let (from, to) = (1 + rest * bucket / buckets, 1 + rest * (bucket + 1) / buckets)
      guard from < to else { continue }
      let known = (from..<to).filter { !points[$0].y.isNaN }
      let least = known.min { points[$0].y < points[$1].y }
      let greatest = known.max { points[$0].y < points[$1].y }
      let gap = (from..<to).first { points[$0].y.isNaN }
      for place in Set([least, greatest, gap, to - 1].compactMap { $0 }).sorted() { kept.append(points[place]) }
    }
    return kept
  }

  /// Places that are spread evenly over `0..<count`, with the first, the last, and some that have to be among them.
  package static func even(_ count: Int, atMost most: Int, keeping wanted: [Int] = []) -> [Int] {
    guard count > most else { return Array(0..<count) }
    var kept = Set(wanted.filter { (0..<count).contains($0) } + [0, count - 1])
    let free = max(0, most - kept.count)
    for number in 0..<free {
      let target = (number + 1) * (count - 1) / (free + 1)
      // The nearest one that is not there yet.
      var distance = 0
      while distance < count {
        if target + distance < count, kept.insert(target + distance).inserted { break }
        if target >= distance, kept.insert(target - distance).inserted { break }
        distance += 1
      }
    }
    return kept.sorted()
  }
}
