import Networks
import Runs
import Specs
import Training

/// Runs of a report that count as one: of one spec, with other seeds.
package struct ReportGroup: Sendable {
  /// Its letter, A for the first.
  package let letter: String
  /// What it is called.
  package let name: String
  package let runs: [ReportRun]

  /// The group with its place among others.
  package init(_ number: Int, _ name: String, _ runs: [ReportRun]) {
    letter = GroupComparison.letter(number)
    (self.name, self.runs) = (name, runs)
  }

  /// The mean of a column over the runs that have it, those that failed up to their ends.
  func mean(_ column: Column) -> GroupCurve { GroupCurve(runs.compactMap { $0.curve(column.name) }, of: column) }

  /// Groups of single runs: those whose specs differ in the seed and the name alone are one, in the order of the first of each.
  static func bySpec(_ runs: [ReportRun]) -> [ReportGroup] {
    var order: [String] = []
    var members: [String: [ReportRun]] = [:]
    for run in runs {
      let key = run.specOfGroup.map { Emitter.flowText(of: $0) } ?? run.folder.path
      if members[key] == nil { order.append(key) }
      members[key, default: []].append(run)
    }
    let named = NamedRuns.distinct(
      order.compactMap { key in
        members[key].map { $0.count == 1 ? NamedRuns($0[0].folder.path, [$0[0].folder]) : NamedRuns($0.map(\.folder)) }
      })
    return zip(order, named).enumerated().map { place, pair in
      ReportGroup(place, pair.1.name, members[pair.0] ?? [])
    }
  }
}
