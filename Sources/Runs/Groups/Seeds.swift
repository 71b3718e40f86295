import Training

/// Seeds as a person writes them: `0..9`, `1,2,5`, `0..4,10..14`.
package enum Seeds {
  /// The most seeds of a group.
  package static let most = 10_000

  /// Reads a list of numbers and ranges, ends included.
  /// - Returns: the seeds in the order of the list.
  /// - Throws: `RunError` (64) for what is no such list, for one seed twice, and for too many.
  package static func read(_ text: String) throws(RunError) -> [UInt64] {
    var seeds: [UInt64] = []
    var known: Set<UInt64> = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "..", maxSplits: 1, omittingEmptySubsequences: false).map { number($0) }
      guard let first = ends[0], let last = ends.last ?? first else {
        throw mistake("\(text.isEmpty ? "it is empty" : "\(text) is none")")
      }
      guard first <= last else { throw mistake("\(part) ends before it begins") }
      guard last - first < UInt64(most), seeds.count + Int(last - first) < most else {
        throw mistake("there are more than \(most)")
      }
      for seed in first...last {
        guard known.insert(seed).inserted else { throw mistake("\(seed) comes twice") }
        seeds.append(seed)
      }
    }
    return seeds
  }

  /// Seeds as short as they can be written, in ascending order.
  package static func text(_ seeds: some Collection<UInt64>) -> String {
    var ranges: [ClosedRange<UInt64>] = []
    for seed in seeds.sorted() {
      if let last = ranges.last, last.upperBound + 1 == seed {
        ranges[ranges.count - 1] = last.lowerBound...seed
      } else {
        ranges.append(seed...seed)
      }
    }
    return ranges.map { range in
      switch range.upperBound - range.lowerBound {
      case 0: "\(range.lowerBound)"
      case 1: "\(range.lowerBound),\(range.upperBound)"
      default: "\(range.lowerBound)..\(range.upperBound)"
      }
    }.joined(separator: ",")
  }

  private static func number(_ text: Substring) -> UInt64? {
    let text = text.drop { $0 == " " }
    guard text.allSatisfy({ $0.isASCII && $0.isNumber }), let seed = UInt64(text), seed <= UInt64(Int.max) else {
      return nil
    }
    return seed
  }

  private static func mistake(_ problem: String) -> RunError {
    RunError(
      "--seeds must be a list of seeds from 0 on: \(problem)",
      remedy: "write a range such as 0..9, or a list such as 1,2,5",
      exitCode: 64)
  }
}
