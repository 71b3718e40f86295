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

  /// The runs without those of which another one has spec and seed, which counts: a complete one, the newest of several.
  /// - Parameter note: is told of each that is left out.
  static func distinct(_ runs: [ReportRun], note: (String) -> Void) -> [ReportRun] {
    var chosen: [String: ReportRun] = [:]
    func rank(_ run: ReportRun) -> (Int, String) {
      (run.record.status == .complete ? 1 : 0, run.record.sessions.first?.started ?? "")
    }
    func key(_ run: ReportRun) -> String? {
      run.specOfGroup.map { "\(run.record.seed) " + Emitter.flowText(of: $0) }
    }
    for run in runs {
      guard let key = key(run) else { continue }
      if let other = chosen[key], rank(other) > rank(run) { continue }
      chosen[key] = run
    }
    return runs.filter { run in
      guard let key = key(run), let other = chosen[key], other.folder.path != run.folder.path else { return true }
      note("left out: \(run.folder.path), of the same spec and seed as \(other.folder.path), which counts")
      return false
    }
  }

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
