import ArgumentParser
import Experiments

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists the runs of a folder.")

  @Option(help: ArgumentHelp("The folder that runs lie in.", valueName: "dir"))
  var runs = "Runs"

  @Flag(help: "As JSON.")
  var json = false

  func run() throws {
    let summaries = RunSummary.all(in: runs)
    if json {
      Terminal.print(String(JSON.text(summaries).dropLast()))
      return
    }
    guard !summaries.isEmpty else {
      Terminal.write("no runs in \(runs); begin one with: gan-exp run Experiments/mlp-mnist.yaml\n")
      return
    }
    var table = Table([.left, .left, .right, .right, .right, .right, .right, .left])
    table.add(["run", "status", "seed", "epoch", "step", "D loss", "G loss", "started"])
    for run in summaries {
      func metric(_ metric: Metric) -> String { run.last[metric.rawValue].map(Readable.number) ?? "" }
      table.add([
        run.path, run.status, "\(run.seed)", "\(run.epoch)", "\(run.step)/\(run.steps)", metric(.discriminatorLoss),
        metric(.generatorLoss), run.started ?? "",
      ])
    }
    Terminal.print(String(table.text.dropLast()))
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
      Terminal.print(String(JSON.text(run).dropLast()))
      return
    }
    var table = Table([.left, .left])
    table.add(["run", run.path])
    table.add(["status", run.status + (run.reason.map { ": \($0)" } ?? "")])
    table.add(["seed", "\(run.seed)"])
    table.add(["progress", "epoch \(run.epoch), step \(Readable.count(run.step)) of \(Readable.count(run.steps))"])
    table.add(["started", run.started ?? "?"])
    for metric in Metric.allCases {
      if let value = run.last[metric.rawValue] { table.add([metric.rawValue, Readable.number(value)]) }
    }
    let steps = folder.checkpointSteps()
    table.add(["checkpoints", steps.isEmpty ? "none" : "of steps " + steps.map(String.init).joined(separator: ", ")])
    table.add(["samples", folder.latestSheet ?? "none"])
    if ["killed", "stopped", "failed"].contains(run.status) {
      table.add(["go on with", "gan-exp resume \(run.path)"])
    }
    Terminal.print(String(table.text.dropLast()))
  }
}
