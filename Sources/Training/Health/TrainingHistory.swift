import Networks

/// What the rows of metrics.csv and evaluation.csv have said so far.
package struct TrainingHistory: Sendable {
  private var metrics: [String: Series] = [:]
  private var evaluations: [String: Series] = [:]

  /// Before the first row.
  package init() {}

  /// The values of a column of metrics.csv.
  func metric(_ column: Column) -> Series { metrics[column.name] ?? Series() }

  /// The values of a column of evaluation.csv, whatever features it is named for.
  func evaluation(_ name: String) -> Series { evaluations[name] ?? Series() }

  /// Takes a row of either file, or of both.
  package mutating func add(metrics row: [String: Double], evaluation: [String: Double] = [:]) {
    for (name, value) in row { metrics[name, default: Series()].add(value) }
    for (name, value) in evaluation {
      evaluations[String(name.prefix { $0 != "@" }), default: Series()].add(value)
    }
  }
}
