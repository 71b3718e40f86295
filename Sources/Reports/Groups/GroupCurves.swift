import Files
import Networks
import Runs
import Specs
import Training

/// The curves of groups: of each column, or of one, the mean over the runs of each group step by step.
package struct GroupCurves: Sendable {
  /// The groups in the order they were given, with the curves of their columns.
  package let groups: [(name: String, curves: [GroupCurve])]

  /// - Parameters:
  ///   - column: the name of a column of metrics.csv or evaluation.csv; nil for all.
  ///   - problem: is told of each run that is left out.
  /// - Throws: `RunError` when a group has no run that can be read (65), or not this column (64).
  package init(_ asked: [NamedRuns], of column: String?, problem: (String) -> Void) throws(RunError) {
    let found = try GroupComparison.ended(asked, problem: problem).groups
    var groups: [(name: String, curves: [GroupCurve])] = []
    for group in found {
      let columns = Column.union(group.runs.flatMap { $0.tables.map(\.columns) })
        .filter { ![Column.step.name, Column.epoch.name].contains($0.name) }
      let curves = columns.compactMap { GroupCurve($0, of: group.runs) }
      guard let column else {
        groups.append((group.name, curves))
        continue
      }
      guard let curve = curves.first(where: { $0.column.name == column }) else {
        let names = curves.map(\.column.name)
        throw RunError(
          "the runs of \(group.name) share no column \(column)",
          remedy: Suggestion.nearest(to: column, among: names).map { "did you mean \($0)?" }
            ?? "give --metric one of \(names.joined(separator: ", "))", exitCode: 64)
      }
      groups.append((group.name, [curve]))
    }
    self.groups = groups
  }

  /// A row of each point: the group, the column, step and epoch, how many runs the group has and how many of them the mean is over,
  /// the mean, the standard deviation and the ends of the interval.
  package var csv: String {
    func cell(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
    var text = "group,name,column,step,epoch,runs,n,mean,standard_deviation,lower,upper\n"
    for (place, group) in groups.enumerated() {
      let head = "\(GroupComparison.letter(place)),\(CSVFile.quoted(group.name))"
      for curve in group.curves {
        for point in curve.points {
          let epoch = point.epoch.map { epoch in Int(exactly: epoch).map(String.init) ?? "\(epoch)" } ?? ""
          let cells = [
            head, curve.column.name, "\(point.step)", epoch, "\(curve.runs)", "\(point.count)", cell(point.mean),
            cell(point.standardDeviation), cell(point.lower), cell(point.upper),
          ]
          text += cells.joined(separator: ",") + "\n"
        }
      }
    }
    return text
  }
}
