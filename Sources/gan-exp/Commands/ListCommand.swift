import ArgumentParser
import Experiments
import Networks

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists the runs of a folder.")

  @OptionGroup var runs: RunsArguments

  @Flag(help: "As JSON.")
  var json = false

  func run() throws {
    let found = try reporting { () throws(RunError) in
      do throws(FileError) {
        return try FoundRuns(in: runs.folder)
      } catch {
        let begin = "begin a run with: gan-exp run Experiments/mlp-mnist.yaml"
        throw error.cause == .notFound && error.path == RunFolder(runs.folder).path
          ? RunError("there is no folder \(runs.folder)", remedy: begin, exitCode: 66) : RunError(error)
      }
    }
    let (summaries, unreadable) = (found.runs, found.unreadable)
    if json {
      try Terminal.print(String(JSON.text(found.entries).dropLast()))
      return
    }
    guard !summaries.isEmpty || !unreadable.isEmpty else {
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
    if !summaries.isEmpty { try Terminal.print(String(table.text.dropLast())) }
    for run in summaries { for problem in run.problems { Terminal.write("note: \(run.path): \(problem)\n") } }
    var others = Table([.left, .left, .left])
    for run in unreadable { others.add([run.path, run.status, run.reason]) }
    if !unreadable.isEmpty { try Terminal.print(String(others.text.dropLast())) }
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
    for problem in run.problems { table.add(["note", problem]) }
    if ["killed", "stopped", "failed"].contains(run.status) {
      table.add(["go on with", "gan-exp resume \(ShellText.quoted(run.path))"])
    }
    try Terminal.print(String(table.text.dropLast()))
  }
}
