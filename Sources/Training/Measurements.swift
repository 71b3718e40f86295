import Compute
import Networks

/// The scalars that the turns and micro-batches of a step record, by column.
struct Measurements {
  private var terms: [Column: [Tensor]] = [:]

  /// Adds a value to a column.
  mutating func record(_ column: Column, _ value: Tensor) { terms[column, default: []].append(value) }

  /// One scalar a column: the reduction of what was recorded.
  var reduced: [Column: Tensor] {
    var values: [Column: Tensor] = [:]
    for (column, recorded) in terms.sorted(by: { $0.key.name < $1.key.name }) {
      values[column] = Measurements.reduced(recorded, column.reduction)
    }
    return values
  }

  private static func reduced(_ values: [Tensor], _ reduction: Column.Reduction) -> Tensor? {
    guard var sum = values.first, reduction != .last else { return values.last }
    for value in values.dropFirst() { sum = sum + value }
    return reduction == .sum ? sum : sum * (1 / Float(values.count))
  }

  /// The values in the order of a task's columns.
  static func ordered(_ values: [Column: Tensor], as columns: [Column]) -> [(column: Column, value: VertexNumber)] {
    precondition(values.keys.allSatisfy(columns.contains), "a column that its owner does not declare")
    return columns.compactMap { column in values[column].map { (column, $0.number) } }
  }
}
