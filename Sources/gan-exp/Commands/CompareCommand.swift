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

      Runs of one spec that differ in the seed alone make a group: mlp-mnist/group-001, mlp-mnist where a group is the newest \
      there, or runs with commas between them. With a group among them, all are compared by one number of each run, with \
      intervals and tests.

      Examples:
        gan-exp compare mlp-mnist/001 mlp-mnist/002
        gan-exp compare began-mnist --by convergence
        gan-exp compare Runs/mlp-mnist --csv > all.csv
        gan-exp compare ring-ns ring-wgan --metric frechet_distance
        gan-exp compare a/001,a/002,a/003 b/001,b/002,b/003 --value last
        gan-exp compare ring-ns ring-wgan --curves > curves.csv

      \(ExitStatus.sentence([.done, .usage, .damaged, .missing, .notWritten]))
      """)

  @OptionGroup var target: SeveralRunsArguments

  @Option(
    help: ArgumentHelp(
      "Ranks the runs by their best value of a column that has a direction.", valueName: "column"),
    completion: .custom(Completions.criteria))
  var by: String?

  @Option(
    help: ArgumentHelp(
      "Compares groups by this metric; by default the first that all have in verdict.csv, else in evaluation.csv.",
      valueName: "column"),
    completion: .custom(Completions.criteria))
  var metric: String?

  @Option(
    help: ArgumentHelp(
      "Which number of a run of a group counts: verdict, that of verdict.csv; last, of its last row; best, of its best row.",
      valueName: "which"),
    completion: .list(RunValue.allCases.map(\.rawValue)))
  var value: RunValue?

  @Flag(help: "Pairs the runs of groups that have the same seed.")
  var paired = false

  @Flag(help: "All rows of all runs as one CSV; of groups a row of each run.")
  var csv = false

  @Flag(
    help:
      "As CSV the mean over the runs of each group, step by step, with the number of runs and the 95 % t interval: of all columns, or of that of --metric."
  )
  var curves = false

  @Flag(help: "As JSON.")
  var json = false

  @Flag(help: "Groups as Markdown.")
  var markdown = false

  @Flag(help: "Groups as LaTeX, with rules of booktabs.")
  var latex = false

  func validate() throws {
    let forms = [(csv, "--csv"), (curves, "--curves"), (json, "--json"), (markdown, "--markdown"), (latex, "--latex")]
      .filter(\.0).map(\.1)
    if forms.count > 1 { throw ValidationError("\(forms[0]) and \(forms[1]) exclude each other.") }
    let chosen = [(value != nil, "--value"), (paired, "--paired")].filter(\.0).map(\.1)
    if curves, let option = chosen.first {
      throw ValidationError("--curves has all rows of the runs: leave \(option) out.")
    }
  }

  func run() throws {
    if let groups = try groups() { return try show(groups) }
    let runs = try reporting { () throws(RunError) in
      try RunName.folders(target.names, in: target.place.folder) { Terminal.note($0) }.map(\.path)
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

  /// The groups, where one of the names at least is that of a group; what the others name makes a group each.
  private func groups() throws -> [NamedRuns]? {
    try reporting {
      var groups: [NamedRuns?] = []
      for name in target.names { groups.append(try RunName.group(name, in: target.place.folder)) }
      guard groups.contains(where: { $0 != nil }) else {
        let asked = [
          (metric != nil, "--metric"), (value != nil, "--value"), (paired, "--paired"), (curves, "--curves"),
          (markdown, "--markdown"), (latex, "--latex"),
        ]
        if let option = asked.first(where: \.0)?.1 {
          throw RunError(
            "\(option) is for groups of runs, and there is none among these",
            remedy: "make one of runs with commas between them: a/001,a/002,a/003", exitCode: 64)
        }
        return nil
      }
      if by != nil {
        throw RunError(
          "--by ranks single runs, and there are groups", remedy: "give --metric in its place", exitCode: 64)
      }
      var found: [NamedRuns] = []
      for (name, group) in zip(target.names, groups) {
        if let group {
          found.append(group)
        } else {
          let runs = try RunName.folders([name], in: target.place.folder) { Terminal.note($0) }
          found.append(runs.count == 1 ? NamedRuns(runs[0].path, runs) : NamedRuns(runs))
        }
      }
      return NamedRuns.distinct(found)
    }
  }

  private func show(_ groups: [NamedRuns]) throws {
    if curves {
      let found = try reporting {
        try GroupCurves(groups, of: metric) { Terminal.note("left out: \($0)") }
      }
      try Terminal.print(String(found.csv.dropLast()))
      return
    }
    let comparison = try reporting {
      try GroupComparison(groups, by: metric, value: value, isPaired: paired) { Terminal.note("left out: \($0)") }
    }
    let text =
      csv
      ? comparison.csv
      : json
        ? JSON.text(comparison)
        : markdown
          ? GroupMarkup(comparison).markdown
          : latex ? GroupMarkup(comparison).latex : GroupAnswer(comparison, width: Terminal.proseWidth).text
    try Terminal.print(String(text.dropLast()))
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
    let folder = ShortPaths.shortened(paths).folder
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
  static let mostRows = 20

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

extension RunValue: ExpressibleByArgument {}
