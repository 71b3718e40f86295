import Files
import Networks
import Runs
import Statistics
import Training

/// A sweep as a report shows it: what its files say it came to.
package struct ReportSweep: Sendable {
  package let folder: SweepFolder
  /// The name of its folder.
  package let name: String
  /// What is looked for.
  package let metric: Column
  /// The parameters.
  package let keys: [String]
  /// Its trials, as leaderboard.csv has them.
  package let trials: [Trial]
  /// budget.csv by strata: the expected best of 1, 2 and so on trials.
  package let budgets: [(stratum: String, points: [(expected: Double, lower: Double?, upper: Double?)])]
  /// then.csv: its header and its rows.
  package let finale: [[String]]

  /// A trial.
  package struct Trial: Sendable {
    package let rank: Int?
    package let stratum: String
    package let name: String
    package let status: String
    package let steps: Int
    package let runs: Int
    package let failed: Int
    package let value: Double?
    package let lower: Double?
    package let upper: Double?
    package let isTied: Bool
    /// Its values by the keys of the parameters.
    package let values: [String: String]
  }

  /// Reads the files of a sweep's folder.
  /// - Throws: `RunError` where there is no leaderboard yet (66), or it is none (65).
  package init(_ folder: SweepFolder) throws(RunError) {
    self.folder = folder
    name = folder.path.split(separator: "/").last.map(String.init) ?? folder.path
    do throws(FileError) {
      guard try FileKind.of(folder.leaderboard) == .file else {
        throw FileError(
          path: folder.leaderboard, damaged: "it is not there yet: a sweep writes it when it ends or is stopped",
          remedy: "gan-exp sweep FILE --status shows how far the sweep is")
      }
      let rows = try ReportSweep.rows(of: folder.leaderboard)
      let head = rows.first ?? []
      guard let end = head.firstIndex(of: "operations"), let place = head.firstIndex(of: "lower"), place > 0,
        rows.allSatisfy({ $0.count == head.count })
      else { throw FileError(path: folder.leaderboard, damaged: "it is no leaderboard") }
      metric = Column.named([head[place - 1]], recorded: [])[0]
      let keys = Array(head[(end + 1)...])
      self.keys = keys
      trials = rows.dropFirst().map { cells in
        func cell(_ name: String) -> String { head.firstIndex(of: name).map { cells[$0] } ?? "" }
        return Trial(
          rank: Int(cell("rank")), stratum: cell("stratum"), name: cell("trial"), status: cell("status"),
          steps: Int(cell("steps")) ?? 0, runs: Int(cell("runs")) ?? 0, failed: Int(cell("failed")) ?? 0,
          value: Double(cells[place - 1]), lower: Double(cell("lower")), upper: Double(cell("upper")),
          isTied: cell("tied") == "true",
          values: Dictionary(zip(keys, cells[(end + 1)...])) { first, _ in first })
      }
      var budgets: [(stratum: String, points: [(expected: Double, lower: Double?, upper: Double?)])] = []
      for cells in try ReportSweep.rowsIfAny(of: folder.budget).dropFirst() where cells.count == 5 {
        guard let expected = Double(cells[2]) else { continue }
        if budgets.last?.stratum != cells[0] { budgets.append((cells[0], [])) }
        budgets[budgets.count - 1].points.append((expected, Double(cells[3]), Double(cells[4])))
      }
      self.budgets = budgets
      finale = try ReportSweep.rowsIfAny(of: folder.finale)
    } catch { throw RunError(error) }
  }

  private static func rowsIfAny(of path: String) throws(FileError) -> [[String]] {
    try FileKind.of(path) == .file ? try rows(of: path) : []
  }

  /// The cells of a CSV file some of whose cells are quoted.
  static func rows(of path: String) throws(FileError) -> [[String]] {
    rows(String(decoding: try DurableFile.read(path), as: UTF8.self))
  }

  /// The cells of a text, RFC 4180.
  static func rows(_ text: String) -> [[String]] {
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

  /// The values of a stratum, in their order.
  var strata: [String] {
    var names: [String] = []
    for trial in trials where !names.contains(trial.stratum) { names.append(trial.stratum) }
    return names
  }

  /// What a parameter has to do with the value: over the trials that ended, a failed one being the worst.
  package struct Importance: Sendable {
    package let key: String
    /// Spearman's rank correlation for numbers, from -1 to 1; for names the correlation ratio of ranks, from 0 to 1.
    package let correlation: Double
    package let isOfNumbers: Bool
    package let count: Int
  }

  /// The parameters with more than one value, the strongest first.
  package var importances: [Importance] {
    let ended = trials.filter { $0.status != "waiting" && ($0.value != nil || $0.failed > 0 || $0.status == "refused") }
    let worst = metric.direction == .higher ? -Double.infinity : Double.infinity
    let found = keys.compactMap { key -> Importance? in
      let pairs = ended.compactMap { trial in
        trial.values[key].flatMap { $0.isEmpty ? nil : ($0, trial.value ?? worst) }
      }
      guard Set(pairs.map(\.0)).count > 1, pairs.count > 2 else { return nil }
      let numbers = pairs.compactMap { Double($0.0) }
      let isOfNumbers = numbers.count == pairs.count
      let correlation =
        isOfNumbers
        ? RankCorrelation.spearman(numbers, pairs.map(\.1)) : RankCorrelation.ratio(pairs.map(\.0), pairs.map(\.1))
      return correlation.map {
        Importance(key: key, correlation: $0, isOfNumbers: isOfNumbers, count: pairs.count)
      }
    }
    return found.enumerated()
      .sorted { ($1.element.correlation.magnitude, $0.offset) < ($0.element.correlation.magnitude, $1.offset) }
      .map(\.element)
  }
}
