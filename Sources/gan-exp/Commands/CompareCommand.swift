import ArgumentParser
import Experiments

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Shows runs side by side: last and best rows, and where the specs differ.",
    discussion: """
      \(RunArgument.explanation)

      Examples:
        gan-exp compare mlp-mnist/001 mlp-mnist/002
        gan-exp compare Runs/mlp-mnist --csv > all.csv

      \(ExitStatus.sentence([.done, .usage, .damaged, .missing, .notWritten]))
      """)

  @Argument(
    help: ArgumentHelp("Runs, by folder or name; a folder of runs or an experiment is all its runs.", valueName: "run"),
    completion: .custom(Completions.runs))
  var names: [String]

  @OptionGroup var place: RunsArguments

  @Option(help: "The column of metrics.csv by which a row is best.")
  var by = Metric.generatorLoss.rawValue

  @Flag(help: "All rows of all runs as one CSV.")
  var csv = false

  @Flag(help: "As JSON.")
  var json = false

  func validate() throws {
    if csv && json { throw ValidationError("--csv and --json exclude each other.") }
  }

  func run() throws {
    let runs = try reporting { () throws(RunError) in
      try RunName.folders(names, in: place.folder) { Terminal.write("note: \($0)\n") }.map(\.path)
    }
    if csv {
      let text = try reporting { try Comparison.joinedCSV(runs) }
      try Terminal.print(String(text.dropLast()))
      return
    }
    let comparison = try reporting { try Comparison(runs, by: by) }
    try Terminal.print(json ? String(JSON.text(comparison).dropLast()) : String(text(comparison).dropLast()))
  }

  private func text(_ comparison: Comparison) -> String {
    let alignments: [Table.Alignment] = [.left] + comparison.runs.map { _ in .right }
    var text = ""
    func section(_ title: String, _ row: (Comparison.Run) -> [String: Double]) {
      var table = Table(alignments)
      table.add([title] + comparison.runs.map(\.path))
      for column in comparison.columns {
        table.add(["  \(column)"] + comparison.runs.map { row($0)[column].map(Readable.number(column)) ?? "-" })
      }
      text += table.text + "\n"
    }
    section("last row") { $0.last }
    section("best row (\(comparison.smallerIsBetter ? "least" : "greatest") \(comparison.criterion))") { $0.best }
    if comparison.differences.isEmpty {
      text += comparison.runs.count > 1 ? "the specs are the same\n" : ""
    } else {
      var table = Table(alignments)
      table.add(["where the specs differ"] + comparison.runs.map(\.path))
      for difference in comparison.differences {
        table.add(["  \(difference.key)"] + difference.values.map { $0 ?? "-" })
      }
      text += table.text
    }
    return text
  }
}

extension Readable {
  /// Steps and epochs as whole numbers, metrics with four digits.
  static func number(_ column: String) -> (Double) -> String {
    { value in
      let whole = column == "step" || column == "epoch" ? Int(exactly: value) : nil
      return whole.map(String.init) ?? number(value)
    }
  }
}
