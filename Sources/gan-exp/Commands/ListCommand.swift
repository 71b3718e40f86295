import ArgumentParser
import Datasets
import Files
import Networks
import Reports
import Runs
import Training

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the runs of a folder.",
    discussion: """
      Where the terminal is narrow, columns are left out; a pipe gets all of them. "changed" is what --set and the like \
      changed in the spec.

      Examples:
        gan-exp list --status complete --sort took --reverse
        gan-exp list --name mnist

      \(ExitStatus.sentence([.done, .usage, .missing, .notWritten]))
      """)

  /// What rows can be sorted by.
  enum Order: String, CaseIterable, ExpressibleByArgument {
    case name, status, seed, step, started, took
  }

  /// How a run can stand.
  enum Status: String, CaseIterable, ExpressibleByArgument {
    case running, complete, stopped, diverged, failed, killed
  }

  @Option(help: "Only runs with this status.")
  var status: Status?

  @Option(
    help: ArgumentHelp("Only runs of experiments whose name contains this.", valueName: "text"),
    completion: .custom(Completions.experiments))
  var name: String?

  @Option(help: "In this order.")
  var sort = Order.name

  @Flag(help: "In the opposite order.")
  var reverse = false

  @OptionGroup var runs: RunsArguments

  @Flag(help: "As JSON.")
  var json = false

  func run() throws {
    let found = try reporting { () throws(RunError) in
      do throws(FileError) {
        return try FoundRuns(in: runs.folder)
      } catch {
        throw error.cause == .notFound && error.path == RunFolder(runs.folder).path
          ? RunError("there is no folder \(runs.folder)", remedy: ListCommand.beginning, exitCode: 66) : RunError(error)
      }
    }
    let summaries = ListCommand.sorted(
      found.runs.filter { run in
        (status == nil || run.status == status?.rawValue) && (name.map { run.name.contains($0) } ?? true)
      }, by: sort, reverse: reverse)
    let unreadable = status == nil && name == nil ? found.unreadable : []
    if json { return try Terminal.print(String(JSON.text(entries(summaries, unreadable)).dropLast())) }
    guard !summaries.isEmpty || !unreadable.isEmpty else {
      Terminal.write(
        found.runs.isEmpty
          ? "no runs in \(runs.folder); \(ListCommand.beginning)\n"
          : "none of the \(found.runs.count) runs in \(runs.folder) is like that\n")
      return
    }
    if !summaries.isEmpty {
      try Terminal.print(
        String(ListCommand.text(of: summaries, in: runs.folder, width: Terminal.outputWidth).dropLast()))
    }
    for run in summaries { for problem in run.problems { Terminal.note("\(run.path): \(problem)") } }
    var others = TextTable([.left, .left, .left])
    for run in unreadable { others.add([ListCommand.name(of: run.path, in: runs.folder), run.status, run.reason]) }
    if !unreadable.isEmpty {
      try Terminal.print(String(others.wrapped(to: Terminal.outputWidth, column: 2).text.dropLast()))
    }
  }

  /// What is listed, for JSON; runs that cannot be read have nothing but a path to be sorted by and else come last.
  private func entries(_ runs: [RunSummary], _ unreadable: [UnreadableRun]) -> [FoundRuns.Entry] {
    let all = runs.map(FoundRuns.Entry.run) + unreadable.map(FoundRuns.Entry.unreadable)
    return sort == .name ? all.sorted { reverse ? $1.path < $0.path : $0.path < $1.path } : all
  }

  private static let beginning = "begin one with: gan-exp run Experiments/mlp-mnist.yaml"

  private static func sorted(_ runs: [RunSummary], by order: Order, reverse: Bool) -> [RunSummary] {
    func isBefore(_ first: RunSummary, _ second: RunSummary) -> Bool {
      switch order {
      case .name: first.path < second.path
      case .status: (first.status, first.path) < (second.status, second.path)
      case .seed: (first.seed, first.path) < (second.seed, second.path)
      case .step: (first.step, first.path) < (second.step, second.path)
      case .started: (first.started ?? "", first.path) < (second.started ?? "", second.path)
      case .took: (first.seconds ?? 0, first.path) < (second.seconds ?? 0, second.path)
      }
    }
    return runs.sorted { reverse ? isBefore($1, $0) : isBefore($0, $1) }
  }

  /// A line a run; the loss is named where not all have the same one.
  private static func text(of runs: [RunSummary], in folder: String, width: Int?) -> String {
    let isOfOneLoss = Set(runs.map { $0.loss ?? "" }).count == 1
    let hasChanges = runs.contains { $0.overrides?.isEmpty == false }
    // What any of the runs' tasks has to say in short.
    var headline: [Headline] = []
    for own in runs.flatMap(\.headline) where own.isListed && !headline.contains(where: { $0.title == own.title }) {
      headline.append(own)
    }
    var table = TextTable(
      [.left, .left, .right, .right, .right, .left] + headline.map { _ in .right } + [.left, .right, .left])
    table.add(
      ["run", "status", "seed", "epoch", "step", isOfOneLoss ? "" : "loss"] + headline.map(\.title)
        + ["started", "took", hasChanges ? "changed" : ""])
    for run in runs {
      let values = headline.map { run.latest($0.column).map(Readable.number) ?? "" }
      table.add(
        [
          name(of: run.path, in: folder), run.status, "\(run.seed)", "\(run.epoch)",
          "\(Readable.count(run.step))/\(Readable.count(run.steps))",
          isOfOneLoss ? "" : run.loss ?? "",
        ] + values + [
          run.started.map(Readable.minute) ?? "", run.seconds.map(Readable.shortDuration) ?? "",
          Wrapping.shortened(run.overrides?.joined(separator: " ") ?? "", width: width == nil ? .max : 40),
        ])
    }
    let metrics = headline.indices.map { 6 + $0 }
    let (started, took, changed) = (6 + headline.count, 7 + headline.count, 8 + headline.count)
    let empty = (isOfOneLoss ? [5] : []) + (hasChanges ? [] : [changed])
    return table.without(
      empty, importance: [[4], [started], [2], [took], (isOfOneLoss ? [] : [5]) + metrics, [3], [changed]],
      width: width
    ).text
  }

  /// A run's folder as commands take it: without the folder of runs, which all have in common.
  private static func name(of run: String, in folder: String) -> String {
    let folder = RunFolder(folder).path + "/"
    return run.hasPrefix(folder) ? String(run.dropFirst(folder.count)) : run
  }
}
