import Files
import Networks
import Training

/// A column of a run by its steps.
package struct ReportCurve: Sendable {
  /// What its values are.
  package let column: Column
  /// The steps of its rows, ascending.
  package let steps: [Double]
  /// The values at these steps; NaN where the file has none.
  package let values: [Double]

  package init(_ column: Column, steps: [Double], values: [Double]) {
    (self.column, self.steps, self.values) = (column, steps, values)
  }

  /// The columns of a CSV file beside step and epoch.
  static func all(of table: CSVTable, recorded: [Column]) -> [ReportCurve] {
    let steps = (table.numbers(Column.step.name) ?? []).map { $0 ?? .nan }
    let columns = Column.named(table.columns, recorded: recorded)
    return columns.indices.compactMap { place in
      guard ![Column.step.name, Column.epoch.name].contains(columns[place].name) else { return nil }
      return ReportCurve(columns[place], steps: steps, values: table.rows.map { Double($0[place]) ?? .nan })
    }
  }

  /// The points.
  package var points: [Figure.Point] { zip(steps, values).map { Figure.Point($0, $1) } }

  /// The places of the first, the last, the least and the greatest value that there is; nil where there is none.
  package var places: (first: Int, last: Int, least: Int, greatest: Int)? {
    let finite = values.indices.filter { values[$0].isFinite }
    guard let first = finite.first, let last = finite.last else { return nil }
    let least = finite.min { values[$0] < values[$1] } ?? first
    return (first, last, least, finite.max { values[$0] < values[$1] } ?? first)
  }

  /// The place of the best value; nil of columns without a direction.
  package var best: Int? {
    switch column.direction {
    case .lower: places?.least
    case .higher: places?.greatest
    case .none: nil
    }
  }

  /// What its line looks like, in a sentence.
  package var sentence: String {
    guard let places else { return "\(column.name) has no value." }
    func value(_ place: Int) -> String { NumberText.short(values[place]) }
    func step(_ place: Int) -> String { "step \(Decimals.whole(steps[place]))" }
    let (a, b) = (values[places.first], values[places.last])
    let course =
      places.first == places.last
      ? "\(column.name) is \(value(places.first)) at \(step(places.first))"
      : a == b
        ? "\(column.name) begins and ends at \(value(places.first)), from \(step(places.first)) to \(step(places.last))"
        : "\(column.name) \(b < a ? "falls" : "rises") from \(value(places.first)) at \(step(places.first)) to "
          + "\(value(places.last)) at \(step(places.last))"
    guard places.least != places.greatest else { return course + "." }
    return course + "; the least is \(value(places.least)) at \(step(places.least)), the greatest "
      + "\(value(places.greatest)) at \(step(places.greatest))."
  }
}
