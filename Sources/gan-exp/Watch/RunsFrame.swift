import Files
import Networks
import Reports
import Runs
import Specs
import Training

/// What a terminal shows of several runs at a moment: a line each.
struct RunsFrame {
  private let title: String
  private let rows: [Row]
  private let width: Int
  private let usesColor: Bool

  /// A run, or what there is of one that has not begun.
  private struct Row {
    let name: String
    let status: String
    let progress: String
    let curve: ReportCurve?
    let isRunning: Bool
  }

  /// - Parameter metric: the column that is shown of each; nil for what says most.
  init(
    _ title: String, _ runs: [(folder: RunFolder, run: ReportRun?)], by metric: Column?, width: Int, usesColor: Bool
  ) {
    (self.title, self.width, self.usesColor) = (title, width, usesColor)
    let names = ShortPaths.shortened(runs.map(\.folder.path)).names
    let column = metric ?? RunsFrame.column(of: runs.compactMap(\.run))
    rows = zip(names, runs).map { name, found in
      guard let run = found.run else {
        return Row(name: name, status: "waits", progress: "", curve: nil, isRunning: false)
      }
      return Row(
        name: name, status: run.summary.status,
        progress: "\(Readable.count(run.summary.step))/\(Readable.count(run.summary.steps))",
        curve: column.flatMap { run.curve($0.name) }, isRunning: run.isRunning)
    }
    heading = column.map { column in
      column.name + (column.direction == .none ? "" : " (\(column.direction.rawValue) is better)")
    }
  }

  private let heading: String?

  /// The first measured column with a direction, else the first of the task.
  private static func column(of runs: [ReportRun]) -> Column? {
    Column.union(runs.map { $0.evaluation.map(\.column) }).first { $0.direction != .none }
      ?? runs.lazy.compactMap { RunFrame.main(of: $0).first?.column }.first
  }

  /// The lines that fit: where there are too many, those at work, then the others.
  func lines(height: Int?) -> [String] {
    let most = height.map { max(1, $0 - 4) } ?? rows.count
    let shown =
      rows.count <= most
      ? rows : Array((rows.filter(\.isRunning) + rows.filter { !$0.isRunning }).prefix(most))
    var table = TextTable([.left, .left, .right, .right, .left])
    table.add(["run", "status", "step", "", heading ?? ""])
    for row in shown {
      let last = row.curve.flatMap { curve in curve.places.map { Decimals.short(curve.values[$0.last]) } }
      table.add([row.name, row.status, row.progress, last ?? "", ""])
    }
    let cut = table.shortened(to: width - 12, column: 0)
    let room = max(0, min(40, width - cut.width - 2))
    var lines = cut.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for (place, row) in shown.enumerated() {
      let padding = String(repeating: " ", count: max(0, cut.widths.prefix(4).reduce(8, +) - lines[place + 1].count))
      if let curve = row.curve { lines[place + 1] += padding + Sparkline.text(curve.values, width: room) }
    }
    let counts = Dictionary(grouping: rows, by: \.status).map { "\($1.count) \($0)" }.sorted()
    let more = rows.count > shown.count ? ["and \(Readable.count(rows.count - shown.count, "run")) more"] : []
    return [Terminal.bold(Wrapping.ending(DisplayText.printable(title), width: width), where: usesColor)]
      + lines.filter { !$0.isEmpty }.map { Wrapping.shortened($0, width: width) }
      + [(["\(Readable.count(rows.count, "run"))"] + counts + more).joined(separator: ", ")]
  }
}
