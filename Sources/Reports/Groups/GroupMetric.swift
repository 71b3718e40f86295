import Networks
import Runs
import Specs
import Training

/// By which number of each run groups are compared.
struct GroupMetric {
  let column: Column
  let value: RunValue

  /// The metric of a name, or where there is none the first that all groups have in verdict.csv, else in evaluation.csv.
  init(_ name: String?, _ value: RunValue?, of groups: [(name: String, runs: [ScoredRun])]) throws(RunError) {
    /// The columns with a direction that all groups have.
    func shared(_ value: RunValue) -> [Column] {
      let each = groups.map { group in Column.union(group.runs.map { $0.columns(of: value) }) }
      return Column.union(each).filter { column in
        column.direction != .none && each.allSatisfy { $0.contains { $0.name == column.name } }
      }
    }
    let kinds: [RunValue] = value.map { [$0] } ?? [.verdict, .last]
    if let name {
      for kind in kinds {
        guard let column = shared(kind).first(where: { $0.name == name }) else { continue }
        self.init(column: column, value: kind)
        return
      }
      throw GroupMetric.refusal(name, kinds, shared, groups)
    }
    for kind in kinds {
      // The losses of metrics.csv have no direction, but what else is there is no measure of samples.
      let evaluated = Set(groups.flatMap { $0.runs.flatMap { $0.tables.dropFirst().flatMap(\.columns) } }.map(\.name))
      guard let column = shared(kind).first(where: { kind == .verdict || evaluated.contains($0.name) }) else {
        continue
      }
      self.init(column: column, value: kind)
      return
    }
    throw RunError(
      "no measured metric is common to these groups", remedy: GroupMetric.offer(shared), exitCode: 64)
  }

  private init(column: Column, value: RunValue) { (self.column, self.value) = (column, value) }

  private static func refusal(
    _ name: String, _ kinds: [RunValue], _ shared: (RunValue) -> [Column],
    _ groups: [(name: String, runs: [ScoredRun])]
  ) -> RunError {
    let offer = offer(shared)
    func columns(_ group: (name: String, runs: [ScoredRun]), _ kinds: [RunValue]) -> [Column] {
      kinds.flatMap { kind in group.runs.flatMap { $0.columns(of: kind) } }.filter { $0.name == name }
    }
    let all = groups.map { columns($0, RunValue.allCases) }
    guard let column = all.joined().first else {
      let known = Set(RunValue.allCases.flatMap(shared).map(\.name)).sorted()
      let near = Suggestion.nearest(to: name, among: known)
      return RunError("no run has a metric \(name)", remedy: near.map { "did you mean \($0)?" } ?? offer, exitCode: 64)
    }
    guard column.direction != .none else {
      return RunError(
        "\(name) ranks no runs: neither its large nor its small values are better", remedy: offer, exitCode: 64)
    }
    if let place = all.firstIndex(where: \.isEmpty) {
      return RunError("no run of \(groups[place].name) has \(name)", remedy: offer, exitCode: 64)
    }
    let files = kinds.contains(.verdict) ? "verdict.csv" : "metrics.csv or evaluation.csv"
    let place = groups.firstIndex { columns($0, kinds).isEmpty } ?? 0
    return RunError("no run of \(groups[place].name) has \(name) in its \(files)", remedy: offer, exitCode: 64)
  }

  /// What all groups have.
  private static func offer(_ shared: (RunValue) -> [Column]) -> String {
    let (verdict, rows) = (shared(.verdict).map(\.name), shared(.last).map(\.name).filter { !$0.isEmpty })
    let parts = [
      verdict.isEmpty ? nil : "--metric \(verdict.joined(separator: ", "))",
      rows.isEmpty ? nil : "--value last or best --metric \(rows.joined(separator: ", "))",
    ].compactMap { $0 }
    return parts.isEmpty
      ? "they share no column with a direction: measure samples with a section evaluation"
      : "all groups have \(parts.joined(separator: ", and "))"
  }
}
