/// A column of metrics.csv, with what its values mean.
///
/// It belongs to whoever measures it, a loss for instance; what shows, compares or ranks runs asks the column and never
/// guesses from its name.
package struct Column: Sendable, Hashable, Codable {
  /// Which values are better.
  package enum Direction: String, Sendable, Hashable, Codable {
    /// Large ones.
    case higher
    /// Small ones.
    case lower
    /// Neither: the value tells what happens, not how good it is.
    case none
  }

  /// How several values become one: those of a step's turns and micro-batches, then those of the steps of a row.
  package enum Reduction: String, Sendable, Hashable, Codable {
    /// Their mean.
    case mean
    /// The last of them.
    case last
    /// Their sum.
    case sum
  }

  /// Its name in metrics.csv.
  package let name: String
  /// One sentence: what its values are.
  package let summary: String
  /// The unit of its values, such as `steps`; empty where they have none.
  package let unit: String
  /// Which values are better.
  package let direction: Direction
  /// How several values become one.
  package let reduction: Reduction

  package init(
    _ name: String, _ summary: String, unit: String = "", direction: Direction = .none, reduction: Reduction = .mean
  ) {
    self.name = name
    self.summary = summary
    self.unit = unit
    self.direction = direction
    self.reduction = reduction
  }

  /// The same under another name.
  package func named(_ name: String) -> Column {
    Column(name, summary, unit: unit, direction: direction, reduction: reduction)
  }

  /// The unit of values from 0 to 1 that count samples.
  package static let share = "share"
  /// The unit of cross-entropies.
  package static let nats = "nats"
}
