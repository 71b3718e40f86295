import Files
import Networks
import Training

/// What a sweep came to as its files have it: leaderboard.csv, budget.csv and then.csv, written and read.
package struct SweepTables: Sendable {
  /// What is looked for.
  package let metric: Column
  /// The keys of all parameters.
  package let keys: [String]
  /// All trials, stratum by stratum, the best first.
  package let rows: [SweepOutcome.Row]
  /// The budget curves of the strata.
  package let budgets: [SweepOutcome.Budget]
  /// then.csv: its header and its rows; none before the search ends.
  package let finale: [[String]]
  /// Whether the trials have strata.
  private let isStratified: Bool

  private static let values = ["lower", "upper", "tied", "operations"]

  /// Those of what a sweep came to.
  init(_ plan: SweepPlan, _ outcome: SweepOutcome) {
    metric = plan.column
    (keys, rows, budgets) = (outcome.keys, outcome.rows, outcome.budgets)
    isStratified = plan.sweep.each != nil
    finale = outcome.finals.isEmpty ? [] : [SweepTables.finaleHead] + outcome.finals.map(SweepTables.cells)
  }

  private static let finaleHead = [
    "stratum", "trial", "runs", "failed", "mean", "lower", "upper", "interquartile_mean", "interquartile_lower",
    "interquartile_upper", "standard_deviation", "best", "worst",
  ]

  private static func cells(_ row: SweepOutcome.Final) -> [String] {
    [row.stratum, row.trial, "\(row.runs)", "\(row.failed)"]
      + [
        row.mean, row.lower, row.upper, row.interquartileMean, row.interquartileLower, row.interquartileUpper,
        row.standardDeviation, row.best, row.worst,
      ].map(text)
  }

  private static func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }

  private static func table(_ rows: [[String]]) -> String {
    rows.map { String(decoding: CSVFile.line($0.map(CSVFile.quoted)), as: UTF8.self) }.joined()
  }

  /// leaderboard.csv: a row a trial, the best first, with the values of its parameters.
  var leaderboard: String {
    let head =
      ["rank"] + (isStratified ? ["stratum"] : []) + ["trial", "status", "steps", "runs", "failed", metric.name]
      + SweepTables.values + keys
    return SweepTables.table(
      [head]
        + rows.map { row in
          [row.rank.map(String.init) ?? ""] + (isStratified ? [row.stratum] : []) + [
            row.trial, row.status, "\(row.steps)", "\(row.runs)", "\(row.failed)", SweepTables.text(row.value),
            SweepTables.text(row.lower), SweepTables.text(row.upper), "\(row.isTied)", "\(row.operations)",
          ] + keys.map { row.values[$0] ?? "" }
        })
  }

  /// budget.csv: a row a number of trials, with the expected best of so many; nil where there is no curve.
  var budget: String? {
    guard !budgets.isEmpty else { return nil }
    return SweepTables.table(
      [["stratum", "trials", "expected", "lower", "upper"]]
        + budgets.flatMap { budget in
          budget.expected.indices.map { place in
            [
              budget.stratum, "\(place + 1)", "\(budget.expected[place])",
              budget.lower.isEmpty ? "" : "\(budget.lower[place])",
              budget.upper.isEmpty ? "" : "\(budget.upper[place])",
            ]
          }
        })
  }

  /// then.csv; nil before the search ends.
  var then: String? { finale.isEmpty ? nil : SweepTables.table(finale) }

  /// Reads the files of a sweep's folder.
  /// - Throws: `FileError` where there is no leaderboard yet, or it is none.
  package init(reading folder: SweepFolder) throws(FileError) {
    guard try FileKind.of(folder.leaderboard) == .file else {
      throw FileError(
        path: folder.leaderboard, damaged: "it is not there yet: a sweep writes it when it begins to train",
        remedy: "gan-exp sweep FILE --status shows how far the sweep is")
    }
    let lines = try SweepTables.rows(of: folder.leaderboard)
    let head = lines.first ?? []
    guard let end = head.firstIndex(of: "operations"), let place = head.firstIndex(of: "lower"), place > 0,
      lines.allSatisfy({ $0.count == head.count })
    else { throw FileError(path: folder.leaderboard, damaged: "it is no leaderboard") }
    metric = Column.named([head[place - 1]], recorded: [])[0]
    let keys = Array(head[(end + 1)...])
    self.keys = keys
    isStratified = head.contains("stratum")
    rows = lines.dropFirst().map { cells in
      func cell(_ name: String) -> String { head.firstIndex(of: name).map { cells[$0] } ?? "" }
      return SweepOutcome.Row(
        rank: Int(cell("rank")), trial: cell("trial"), stratum: cell("stratum"), status: cell("status"),
        steps: Int(cell("steps")) ?? 0, runs: Int(cell("runs")) ?? 0, failed: Int(cell("failed")) ?? 0,
        value: Double(cells[place - 1]), lower: Double(cell("lower")), upper: Double(cell("upper")),
        isTied: cell("tied") == "true", operations: Int(cell("operations")) ?? 0,
        // A key that a trial does not have is an empty cell.
        values: Dictionary(zip(keys, cells[(end + 1)...]).filter { !$0.1.isEmpty }) { first, _ in first })
    }
    var budgets: [(stratum: String, points: [[Double?]])] = []
    for cells in try SweepTables.rowsIfAny(of: folder.budget).dropFirst() where cells.count == 5 {
      if budgets.last?.stratum != cells[0] { budgets.append((cells[0], [])) }
      budgets[budgets.count - 1].points.append(cells[2...].map { Double($0) })
    }
    self.budgets = budgets.map { budget in
      SweepOutcome.Budget(
        stratum: budget.stratum, expected: budget.points.compactMap { $0[0] },
        lower: budget.points.compactMap { $0[1] },
        upper: budget.points.compactMap { $0[2] })
    }
    finale = try SweepTables.rowsIfAny(of: folder.finale)
  }

  private static func rowsIfAny(of path: String) throws(FileError) -> [[String]] {
    try FileKind.of(path) == .file ? try rows(of: path) : []
  }

  /// The cells of a CSV file some of whose cells are quoted.
  private static func rows(of path: String) throws(FileError) -> [[String]] {
    rows(String(decoding: try DurableFile.read(path), as: UTF8.self))
  }

  /// The cells of a text, RFC 4180.
  package static func rows(_ text: String) -> [[String]] {
    var (rows, row, cell, isQuoted, wasQuote) = ([[String]](), [String](), "", false, false)
    for character in text {
      if isQuoted, character != "\"" { cell.append(character); continue }
      switch character {
      case "\"":
        // Two of them in quotes are one.
        if !isQuoted, wasQuote { cell.append("\"") }
        (isQuoted, wasQuote) = (!isQuoted, isQuoted)
        continue
      case ",": (row, cell) = (row + [cell], "")
      case "\n", "\r\n": (rows, row, cell) = (rows + [row + [cell]], [], "")
      default: cell.append(character)
      }
      wasQuote = false
    }
    return rows
  }
}
