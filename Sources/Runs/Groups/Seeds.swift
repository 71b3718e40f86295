import Specs
import Training

/// Seeds as a person writes them: `0..9`, `1,2,5`, `0..4,10..14`.
package enum Seeds {
  /// The most seeds of a group.
  package static let most = 10_000

  /// Reads a list of numbers and ranges, ends included.
  /// - Returns: the seeds in the order of the list.
  /// - Throws: `RunError` (64) for what is no such list, for one seed twice, and for too many.
  package static func read(_ text: String) throws(RunError) -> [UInt64] {
    do throws(IntegerRanges.Problem) {
      return try IntegerRanges.read(text, most: most).map(UInt64.init)
    } catch {
      throw RunError(
        "--seeds must be a list of seeds from 0 on: \(error.text)",
        remedy: "write a range such as 0..9, or a list such as 1,2,5",
        exitCode: 64)
    }
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
}
