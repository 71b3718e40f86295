/// What must hold of a metric's values along a test's positions.
///
/// Rules of values up to 1 are those of the suite's authors (Räisä et al., "Position: All Current Generative Fidelity and Diversity
/// Metrics are Flawed", 2025), with their limits. Distances have no such scale, so theirs are of form alone: a share of how far the
/// values of the test reach.
package indirect enum SanityRule: Sendable {
  /// Where a rule looks.
  package enum Place: Sendable {
    case first, last
    /// At this position.
    case at(Double)
  }

  /// Within 0.05 of a value.
  case near(Double, Place)
  /// Both ends at least 0.2 below the middle, nothing more than 0.1 above the middle, one end within 0.1 of the least value.
  case bell(Double)
  /// The last value at least 0.2 above the first, both within 0.1 of the extremes.
  case rising
  /// The same with the first and last exchanged.
  case falling
  /// Falling, and at this share of the positions already 0.1 below the first.
  case fallingBy(Double)
  /// All within 0.05.
  case flat
  /// All from half of the positions on within 0.05.
  case converging
  /// One of two.
  case either(SanityRule, SanityRule)
  /// Of a distance: on each side of the middle, by how far the values of this side reach, the end at least 0.2 above the middle and
  /// nothing more than 0.1 below it; on one side the end within 0.1 of the greatest.
  case valley(Double)
  /// Of a distance, by how far its values reach: rising, and at this share of the positions already 0.1 above the first.
  case growingBy(Double)
  /// Of a distance: all within a tenth of the greatest.
  case steady
  /// Of a distance: all from half of the positions on within a tenth of their greatest.
  case settling
  /// Of standard errors: within 3.
  case usual(Place)
  /// Of standard errors: above 3.
  case missing(Place)
  /// Of standard errors: below -3.
  case copied(Place)
  /// Of standard errors: nowhere below -3.
  case neverCopied

  /// Whether it holds of values at growing positions.
  package func holds(of values: [Double], at positions: [Double]) -> Bool {
    guard values.allSatisfy(\.isFinite), let first = values.first, let last = values.last,
      let least = values.min(), let most = values.max()
    else { return false }
    func value(_ place: Place) -> Double {
      switch place {
      case .first: first
      case .last: last
      case .at(let position): values[SanityRule.index(of: position, in: positions)]
      }
    }
    let half = Array(values.suffix(values.count - values.count / 2))
    func reach(_ values: [Double]) -> Double { (values.max() ?? 0) - (values.min() ?? 0) }
    switch self {
    case .near(let wanted, let place): return abs(value(place) - wanted) <= 0.05
    case .bell(let middle):
      let centre = value(.at(middle))
      return centre - first >= 0.2 && centre - last >= 0.2 && most - centre <= 0.1 && min(first, last) - least <= 0.1
    case .rising: return last - first >= 0.2 && first - least <= 0.1 && most - last <= 0.1
    case .falling: return first - last >= 0.2 && most - first <= 0.1 && last - least <= 0.1
    case .fallingBy(let share):
      let some = values[Int((share * Double(values.count - 1)).rounded(.toNearestOrEven))]
      return SanityRule.falling.holds(of: values, at: positions) && first - some >= 0.1
    case .flat: return most - least <= 0.05
    case .converging: return reach(half) <= 0.05
    case .either(let one, let other):
      return one.holds(of: values, at: positions) || other.holds(of: values, at: positions)
    case .valley(let middle):
      let index = SanityRule.index(of: middle, in: positions)
      let sides = [Array(values[...index].reversed()), Array(values[index...])]
      return sides.allSatisfy(SanityRule.ascends) && sides.contains(where: SanityRule.climbs)
    case .growingBy(let share):
      let some = values[Int((share * Double(values.count - 1)).rounded(.toNearestOrEven))]
      return SanityRule.climbs(values) && some - first >= 0.1 * (most - least)
    case .steady: return most - least <= 0.1 * max(abs(most), abs(least))
    case .settling: return reach(half) <= 0.1 * (half.map { abs($0) }.max() ?? 0)
    case .usual(let place): return abs(value(place)) <= 3
    case .missing(let place): return value(place) > 3
    case .copied(let place): return value(place) < -3
    case .neverCopied: return least >= -3
    }
  }

  /// Whether the first value is the least and the last one above it, by how far values reach.
  private static func ascends(_ values: [Double]) -> Bool {
    guard let first = values.first, let last = values.last, let least = values.min(), let most = values.max() else {
      return false
    }
    let reach = most - least
    return reach > 0 && last - first >= 0.2 * reach && first - least <= 0.1 * reach
  }

  /// Whether moreover the last value is the greatest.
  private static func climbs(_ values: [Double]) -> Bool {
    guard let last = values.last, let least = values.min(), let most = values.max() else { return false }
    return ascends(values) && most - last <= 0.1 * (most - least)
  }

  /// The place of the nearest position.
  private static func index(of position: Double, in positions: [Double]) -> Int {
    positions.indices.min { abs(positions[$0] - position) < abs(positions[$1] - position) } ?? 0
  }
}
