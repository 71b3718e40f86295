import ArgumentParser
import Experiments
import Networks

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists the runs of a folder.")

  @OptionGroup var runs: RunsArguments

  @Flag(help: "As JSON.")
  var json = false

  func run() throws {
    var problems: [FileError] = []
    let summaries = RunSummary.all(in: runs.folder) { problems.append($0) }
    for problem in problems where problem.path != runs.folder { Terminal.write("note: \(problem)\n") }
    if let failure = problems.first(where: { $0.path == runs.folder }) {
      try reporting {
        let begin = "begin a run with: gan-exp run Experiments/mlp-mnist.yaml"
        throw failure.cause == .notFound
          ? RunError("there is no folder \(runs.folder)", remedy: begin, exitCode: 66) : RunError(failure)
      }
    }
    if json {
      try Terminal.print(String(JSON.text(summaries).dropLast()))
      return
    }
    guard !summaries.isEmpty else {
      Terminal.write("no runs in \(runs.folder); begin one with: gan-exp run Experiments/mlp-mnist.yaml\n")
      return
    }
    var table = Table([.left, .left, .right, .right, .right, .right, .right, .left])
    table.add(["run", "status", "seed", "epoch", "step", "D loss", "G loss", "started"])
    for run in summaries {
      func metric(_ column: Column) -> String { run.last[column.name].map(Readable.number) ?? "" }
      table.add([
        run.path, run.status, "\(run.seed)", "\(run.epoch)", "\(run.step)/\(run.steps)", metric(.discriminatorLoss),
        metric(.generatorLoss), run.started ?? "",
      ])
    }
    try Terminal.print(String(table.text.dropLast()))
  }
}

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "show", abstract: "Shows how a run stands.")

  @Argument(help: ArgumentHelp("The run's folder.", valueName: "run"))
  var path: String

  @Flag(help: "As JSON.")
  var json = false

  func run() throws {
    let folder = RunFolder(path)
    let run = try reporting { try summary(folder) }
    if json {
      try Terminal.print(String(JSON.text(run).dropLast()))
      return
    }
    var table = Table([.left, .left])
    table.add(["run", run.path])
    table.add(["status", run.status + (run.reason.map { ": \($0)" } ?? "")])
    table.add(["seed", "\(run.seed)"])
    table.add(["progress", "epoch \(run.epoch), step \(Readable.count(run.step)) of \(Readable.count(run.steps))"])
    table.add(["started", run.started ?? "?"])
    for column in run.columns where ![Column.step, .epoch].contains(column) {
      if let value = run.last[column.name] { table.add([column.name, Readable.number(value)]) }
    }
    let (steps, sheet) = try reporting {
      do throws(FileError) {
        return (try folder.checkpointSteps(), try folder.latestSheet())
      } catch {
        throw RunError(error)
      }
    }
    table.add(["checkpoints", steps.isEmpty ? "none" : "of steps " + steps.map(String.init).joined(separator: ", ")])
    table.add(["samples", sheet ?? "none"])
    if ["killed", "stopped", "failed"].contains(run.status) {
      table.add(["go on with", "gan-exp resume \(ShellText.quoted(run.path))"])
    }
    try Terminal.print(String(table.text.dropLast()))
  }
}
