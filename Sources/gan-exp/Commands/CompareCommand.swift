import ArgumentParser
import Files
import Networks
import Reports
import Runs
import Specs
import Training

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Shows runs side by side: their last rows, their rank by a column, and where they differ.",
    discussion: """
      \(RunArgument.explanation)

      Examples:
        gan-exp compare mlp-mnist/001 mlp-mnist/002
        gan-exp compare began-mnist --by convergence
        gan-exp compare Runs/mlp-mnist --csv > all.csv

      \(ExitStatus.sentence([.done, .usage, .damaged, .missing, .notWritten]))
      """)

  @Argument(
    help: ArgumentHelp("Runs, by folder or name; a folder of runs or an experiment is all its runs.", valueName: "run"),
    completion: .custom(Completions.runs))
  var names: [String]

  @OptionGroup var place: RunsArguments

  @Option(
    help: ArgumentHelp(
      "Ranks the runs by their best value of a column that has a direction.", valueName: "column"),
    completion: .custom(Completions.criteria))
  var by: String?

  @Flag(help: "All rows of all runs as one CSV.")
  var csv = false

  @Flag(help: "As JSON.")
  var json = false

  func validate() throws {
    if csv && json { throw ValidationError("--csv and --json exclude each other.") }
  }

  func run() throws {
    let runs = try reporting { () throws(RunError) in
      try RunName.folders(names, in: place.folder) { Terminal.note($0) }.map(\.path)
    }
    func leftOut(_ error: RunError) { Terminal.note("left out: \(error.message)") }
    if csv {
      let text = try reporting { try Comparison.joinedCSV(runs, problem: leftOut) }
      try Terminal.print(String(text.dropLast()))
      return
    }
    let comparison = try reporting { try Comparison(runs, by: by, problem: leftOut) }
    try Terminal.print(
      String((json ? JSON.text(comparison) : CompareCommand.text(comparison, width: Terminal.proseWidth)).dropLast()))
  }

  /// The comparison as a person reads it.
  private static func text(_ comparison: Comparison, width: Int) -> String {
    let paths = comparison.runs.map(\.path)
    var sections: [String] = []
    func table(_ title: String, _ fill: (inout RunTable) -> Void) {
      var table = RunTable(paths)
      fill(&table)
      sections.append(table.text(title, width: width))
    }
    func rows(_ table: inout RunTable, _ row: (Comparison.Run) -> [String: Double]?) {
      for column in comparison.columns {
        table.add("\(column.name)", comparison.runs.map { row($0)?[column.name].map(Readable.number(column)) ?? "-" })
      }
    }
    let folder = RunTable.shortened(paths).folder
    if !folder.isEmpty { sections.append("runs in \(DisplayText.printable(folder))\n") }
    table("last row") { table in
      table.add("status", comparison.runs.map(\.status))
      rows(&table) { $0.last }
    }
    if let criterion = comparison.criterion {
      table("best row by \(criterion.name) (\(criterion.direction.rawValue) is better)") { table in
        table.add("rank", comparison.runs.map { $0.rank.map(String.init) ?? "-" })
        rows(&table) { $0.best }
      }
    } else {
      sections.append(wrapped(advice(comparison.rankable), width))
    }
    func differences(_ title: String, _ differences: [ResolvedSpec.Difference]) {
      guard !differences.isEmpty else { return }
      table(title) { table in
        for difference in differences.prefix(mostRows) {
          table.add("\(difference.key)", difference.values.map { $0 ?? "-" })
        }
      }
      let more = differences.count - mostRows
      if more > 0 {
        sections.append(
          wrapped(
            "\(Readable.count(more, "more key")) \(more == 1 ? "differs" : "differ"); --json has all of them", width))
      }
    }
    differences("where the specs differ", comparison.outline)
    differences("what else differs", comparison.circumstances)
    if let verdict = comparison.verdict { sections.append(wrapped(verdict, width)) }
    return sections.joined(separator: "\n")
  }

  /// Rows of differences that are shown: more are as many as make two different experiments.
  private static let mostRows = 20

  private static func wrapped(_ sentence: String, _ width: Int) -> String {
    Paragraph.lines(sentence, width: width).map { $0 + "\n" }.joined()
  }

  /// How runs can be ranked.
  private static func advice(_ columns: [Column]) -> String {
    columns.isEmpty
      ? "no column of these runs ranks them: a small loss of one network says that it is ahead of the other"
      : "to rank the runs: --by "
        + columns.map { "\($0.name) (\($0.direction.rawValue) is better)" }
        .joined(separator: ", or ")
  }
}

extension Readable {
  /// Steps and epochs as whole numbers, other values with four digits.
  static func number(_ column: Column) -> (Double) -> String {
    { value in
      let whole = ["steps", "epochs"].contains(column.unit) ? Int(exactly: value) : nil
      return whole.map(String.init) ?? number(value)
    }
  }
}
