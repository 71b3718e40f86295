import Compute

/// The k nearest of other points for each of some points.
package struct Nearest: Sendable {
  /// How many of each.
  package let k: Int
  /// Their squared distances, k of each point, the nearest first; infinite where there are fewer.
  package let squared: [Double]
  /// The numbers of these points; -1 where there are fewer.
  package let numbers: [Int32]

  /// The k nearest among `others`; of equally near ones the first.
  /// - Parameter isSame: whether both are the same points, of which none is its own neighbour.
  package init(of points: Matrix, among others: Matrix, k: Int, isSame: Bool = false, on pool: ThreadPool) {
    precondition(k > 0, "a number of neighbours")
    self.k = k
    let bands = Distances(points, others).map(on: pool) { rows in
      Found(
        squared: [Double](repeating: .infinity, count: rows.count * k),
        numbers: [Int32](repeating: -1, count: rows.count * k))
    } _: { found, block in
      for row in block.rows {
        let (start, first) = (block.start(ofRow: row), (row &- block.rows.lowerBound) &* k)
        var farthest = found.squared[first &+ k &- 1]
        guard block.mayHave(below: farthest, inRow: row) else { continue }
        for column in block.columns {
          let squared = block.values[start &+ column &- block.columns.lowerBound]
          guard squared < farthest, !(isSame && column == row) else { continue }
          var place = first &+ k &- 1
          while place > first, found.squared[place &- 1] > squared {
            found.squared[place] = found.squared[place &- 1]
            found.numbers[place] = found.numbers[place &- 1]
            place &-= 1
          }
          found.squared[place] = squared
          found.numbers[place] = Int32(truncatingIfNeeded: column)
          farthest = found.squared[first &+ k &- 1]
        }
      }
    }
    squared = bands.flatMap(\.squared)
    numbers = bands.flatMap(\.numbers)
  }

  private struct Found: Sendable {
    var squared: [Double]
    var numbers: [Int32]
  }

  /// The number of points.
  package var count: Int { squared.count / k }
  /// The squared distances of all points to their j-th neighbours, j up to k.
  package func radii(_ j: Int) -> [Double] {
    precondition((1...k).contains(j), "a neighbour that was looked for")
    return (0..<count).map { squared[$0 * k + j - 1] }
  }
  /// The squared distances of all points to their nearest neighbours.
  package var nearest: [Double] { radii(1) }
}
