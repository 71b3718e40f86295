import Networks
import Statistics
import Training

/// The course of a column over the runs of a group.
///
/// A point is at each step for which all runs that had come so far have a row with a finite value: nothing is filled in, and nothing
/// put into buckets. Runs that ended earlier, as those that diverged, are not in the points behind their ends.
package struct GroupCurve: Codable, Sendable {
  /// What the runs that had come to a step have there.
  package struct Point: Codable, Sendable {
    package let step: Int
    /// The epoch; nil where runs have several.
    package let epoch: Double?
    /// How many runs there are.
    package let count: Int
    /// Their mean.
    package let mean: Double
    /// Their standard deviation, with n - 1 in its divisor; nil of one.
    package let standardDeviation: Double?
    /// The lower end of the 95 % t interval of the mean; nil of one run, and of equal values.
    package let lower: Double?
    /// Its upper end.
    package let upper: Double?

    fileprivate static func step(of row: [String: Double]) -> Int? {
      row[Column.step.name].flatMap { Int(exactly: $0) }
    }
  }

  /// What is shown.
  package let column: Column
  /// The runs of the group.
  package let runs: Int
  /// Its points by their steps.
  package let points: [Point]

  /// The curve of a column; nil where a run that did not fail has no such column, or no run has.
  init?(_ column: Column, of runs: [ScoredRun]) {
    let tables = runs.map { $0.tables.first { $0.columns.contains { $0.name == column.name } } }
    guard tables.contains(where: { $0 != nil }), zip(runs, tables).allSatisfy({ $0.hasFailed || $1 != nil }) else {
      return nil
    }
    self.column = column
    self.runs = runs.count
    points = GroupCurve.points(
      tables.map { table in
        (table.map { table in table.cells.map(table.numbers) } ?? []).compactMap { row in
          Point.step(of: row).map {
            Row(step: $0, epoch: row[Column.epoch.name], value: row[column.name] ?? .nan)
          }
        }
      })
  }

  /// The curve of a column over runs of which each has it.
  package init(_ curves: [ReportCurve], of column: Column) {
    self.column = column
    runs = curves.count
    points = GroupCurve.points(
      curves.map { curve in
        zip(curve.steps, curve.values).compactMap { step, value in
          Int(exactly: step).map { Row(step: $0, epoch: nil, value: value) }
        }
      })
  }

  /// A row of a run: a value that is none is NaN.
  private struct Row {
    let step: Int
    let epoch: Double?
    let value: Double
  }

  /// The points over some runs.
  private static func points(_ runs: [[Row]]) -> [Point] {
    let rows = runs.map { Dictionary($0.map { ($0.step, $0) }) { $1 } }
    let ends = rows.map { $0.keys.max() ?? 0 }
    // A quantile takes longer than all else of a point.
    var quantiles: [Int: Double] = [:]
    func quantile(_ count: Int) -> Double {
      if let known = quantiles[count] { return known }
      let found = count < 2 ? .nan : StudentDistribution(degreesOfFreedom: Double(count - 1)).quantile(upper: 0.025)
      quantiles[count] = found
      return found
    }
    return Set(rows.flatMap(\.keys)).sorted().compactMap { step in
      let going = rows.indices.filter { ends[$0] >= step }
      let found = going.compactMap { rows[$0][step] }.filter { $0.value.isFinite }
      guard found.count == going.count else { return nil }
      let epochs = Set(found.compactMap(\.epoch))
      let moments = Moments(of: found.map(\.value))
      let interval = moments.estimate.interval(t: quantile(found.count)).interval
      return Point(
        step: step, epoch: epochs.count == 1 ? epochs.first : nil, count: found.count, mean: moments.mean,
        standardDeviation: finite(moments.standardDeviation), lower: interval?.lower, upper: interval?.upper)
    }
  }
}
