import Files
import Reports
import Runs
import Specs

/// What a sweep came to, for people.
struct SweepAnswer {
  private let plan: SweepPlan
  private let outcome: SweepOutcome
  private let folder: SweepFolder

  /// Rows of a stratum that are shown; leaderboard.csv has all.
  private static let most = 10

  init(_ plan: SweepPlan, _ outcome: SweepOutcome, _ folder: SweepFolder) {
    (self.plan, self.outcome, self.folder) = (plan, outcome, folder)
  }

  func text(width: Int) -> String {
    var sections: [String] = []
    for stratum in plan.sweep.strata {
      let all = outcome.rows.filter { $0.stratum == stratum.label }
      let rows = all.filter { $0.status != "waiting" }
      guard !rows.isEmpty else { continue }
      sections.append(title(stratum.label, rows, waiting: all.count - rows.count) + table(rows, width))
    }
    var last = finals
    if !outcome.budgets.isEmpty { last += budget }
    let best = zip(plan.sweep.strata, folder.bestFiles(of: plan.sweep)).filter { stratum, _ in
      outcome.rows.contains { $0.stratum == stratum.label && $0.value != nil }
    }.map { $0.1 }
    if !best.isEmpty {
      last += "the spec\(best.count > 1 ? "s" : "") of the best:\n"
      last += best.map { "  \($0)\n" }.joined()
    }
    return (sections + (last.isEmpty ? [] : [last])).joined(separator: "\n")
  }

  private func title(_ label: String, _ rows: [SweepOutcome.Row], waiting: Int) -> String {
    let failed = rows.count { $0.value == nil }
    let better = plan.goal == .minimize ? "lower" : "higher"
    let name = label.isEmpty ? "" : "\(plan.sweep.each ?? "") \(label): "
    return "\(name)\(plan.column.name) (\(better) is better), \(Readable.count(rows.count, "trial"))"
      + "\(failed > 0 ? ", \(failed) failed" : "")\(waiting > 0 ? ", \(waiting) more not begun" : "")\n"
  }

  private func table(_ rows: [SweepOutcome.Row], _ width: Int) -> String {
    // What is the same in all rows of a stratum tells nothing.
    let short = ShortKeys.short(outcome.keys)
    let keys = outcome.keys.filter { $0 != plan.sweep.each }.map { ($0, short[$0] ?? $0) }
    let hasIntervals = rows.contains { $0.lower != nil }
    let hasSteps = Set(rows.map(\.steps)).count > 1
    var shown = keys
    var table = self.table(rows, shown, hasIntervals, hasSteps)
    while table.width > width - 2, shown.count > 1 {
      shown.removeLast()
      table = self.table(rows, shown, hasIntervals, hasSteps)
    }
    let left = rows.count - SweepAnswer.most
    return table.text.split(separator: "\n").map { "  \($0)\n" }.joined()
      + (left > 0 ? "  and \(Readable.count(left)) more in \(folder.leaderboard)\n" : "")
      + (shown.count < keys.count ? "  \(folder.leaderboard) has all values\n" : "")
  }

  private func table(
    _ rows: [SweepOutcome.Row], _ keys: [(String, String)], _ hasIntervals: Bool, _ hasSteps: Bool
  ) -> TextTable {
    var table = TextTable(
      [.right, .left, .right] + (hasIntervals ? [.left] : []) + (hasSteps ? [.right] : []) + keys.map { _ in .right })
    table.add(
      ["", "trial", "value"] + (hasIntervals ? ["95 % (seeds)"] : []) + (hasSteps ? ["steps"] : []) + keys.map { $0.1 })
    for row in rows.prefix(SweepAnswer.most) {
      let interval = row.lower.flatMap { lower in
        row.upper.map { "[\(Readable.number(lower)), \(Readable.number($0))]" }
      }
      table.add(
        [
          row.rank.map { "\($0)\(row.isTied && plan.sweep.objective.noise > 0 && $0 > 1 ? "=" : "")" } ?? "-",
          row.trial,
          row.value.map(Readable.number) ?? (row.status == "complete" || row.status == "rung" ? "none" : row.status),
        ] + (hasIntervals ? [interval ?? "-"] : []) + (hasSteps ? [Readable.count(row.steps)] : [])
          + keys.map { row.values[$0.0].map(ShortKeys.cell) ?? "-" })
    }
    return table
  }

  /// The best with other seeds.
  private var finals: String {
    guard !outcome.finals.isEmpty else { return "" }
    var table = TextTable([.left, .left, .right, .right, .right, .left, .right, .right])
    table.add(["", "trial", "runs", "failed", "mean", "95 %", "sd", "best"])
    for row in outcome.finals {
      let interval = row.lower.flatMap { lower in
        row.upper.map { "[\(Readable.number(lower)), \(Readable.number($0))]" }
      }
      table.add([
        row.stratum, row.trial, row.runs < row.planned ? "\(row.runs) of \(row.planned)" : "\(row.runs)",
        "\(row.failed)", row.mean.map(Readable.number) ?? "-", interval ?? "-",
        row.standardDeviation.map(Readable.number) ?? "-", row.best.map(Readable.number) ?? "-",
      ])
    }
    let text = table.text.split(separator: "\n").map { "  \($0)\n" }.joined()
    return "then, the best with other seeds: \(plan.column.name)\n\(text)"
  }

  /// What so many trials are expected to find.
  private var budget: String {
    var table = TextTable([.left] + [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].map { _ in .right })
    let most = outcome.budgets.map(\.expected.count).max() ?? 0
    let counts = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].filter { $0 <= most }
    table.add(["trials"] + counts.map(String.init) + Array(repeating: "", count: 10 - counts.count))
    for budget in outcome.budgets {
      table.add(
        [budget.stratum.isEmpty ? plan.column.name : budget.stratum]
          + counts.map { $0 <= budget.expected.count ? Readable.number(budget.expected[$0 - 1]) : "-" }
          + Array(repeating: "", count: 10 - counts.count))
    }
    return "the best that so many trials are expected to find:\n"
      + table.text.split(separator: "\n").map { "  \($0)\n" }.joined()
  }
}
