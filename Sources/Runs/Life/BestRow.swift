import Files
import Networks
import Training

/// The best row of evaluation.csv so far, by one of its columns.
///
/// The row that the end of a run adds between two that are due does not count: a longer run goes on as if it had never ended there.
struct BestRow: Sendable {
  /// The column.
  let column: Column
  /// The step of the best row; nil before the first with a number.
  private(set) var step: Int?
  private var value = Double.nan
  /// Rows since the best one.
  private(set) var rowsSince = 0

  /// Before the first row.
  init(by column: Column) { self.column = column }

  /// Of the rows that a file has, as far as they were due.
  init(by column: Column, in path: String, isDue: (Int) -> Bool) throws(FileError) {
    self.init(by: column)
    let table = try CSVTable(path: path)
    let steps = table.numbers("step") ?? []
    for (step, value) in zip(steps, table.numbers(column.name) ?? []) {
      guard let step = step.flatMap({ Int(exactly: $0) }), isDue(step) else { continue }
      _ = add(value ?? .nan, at: step)
    }
  }

  /// Takes the value of the next row, and says whether it is better than all before; of equal ones the first is the best.
  mutating func add(_ value: Double, at step: Int) -> Bool {
    let isBetter = self.step == nil || (column.direction == .higher ? value > self.value : value < self.value)
    guard isBetter, !value.isNaN else {
      rowsSince += 1
      return false
    }
    (self.step, self.value, rowsSince) = (step, value, 0)
    return true
  }
}
