import ArgumentParser
import Files
import Reports
import Runs
import Training

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the runs of a folder.",
    discussion: """
      Where the terminal is narrow, columns are left out; a pipe gets all of them. "changed" is what --set and the like \
      changed in the spec.

      A condition compares names with values by =, !=, <, <=, >, >= or ~ (contains), joined by and, or, not and \
      parentheses. Names are those of --sort and --columns: \(FactName.allCases.map(\.rawValue).joined(separator: ", ")); \
      keys of the resolved spec, training.batch_size, of which what is chosen from a catalogue is compared by its name; \
      and columns of metrics.csv and evaluation.csv, by their last values, and of verdict.csv. A run that lacks a name does \
      not fit, and is sorted last.

      Of \(RunIndex.fewest) runs and more what is listed is kept in the file \(RunIndex.name) of the folder of runs, for the next \
      time; it may be removed.

      Examples:
        gan-exp list --status complete --sort took --reverse
        gan-exp list --name mnist
        gan-exp list --where 'loss = wasserstein and training.batch_size >= 64'
        gan-exp list --sort frechet_distance@digits-1 --columns frechet_distance@digits-1,seed,optimizers.generator.adam.learning_rate

      \(ExitStatus.sentence([.done, .usage, .missing, .notWritten]))
      """)

  /// How a run can stand.
  struct Status: ExpressibleByArgument {
    let word: String
    init?(argument: String) {
      guard FactName.statuses.contains(argument) else { return nil }
      word = argument
    }
    static var allValueStrings: [String] { FactName.statuses }
    static var defaultCompletionKind: CompletionKind { .list(FactName.statuses) }
  }

  @Option(name: .customLong("where"), help: ArgumentHelp("Only runs of which this holds.", valueName: "condition"))
  var condition: String?

  @Option(help: "Only runs with this status.")
  var status: Status?

  @Option(
    help: ArgumentHelp("Only runs of experiments whose name contains this.", valueName: "text"),
    completion: .custom(Completions.experiments))
  var name: String?

  @Option(
    help: ArgumentHelp("In the order of this, small values first; by default by folder.", valueName: "name"),
    completion: .custom(Completions.facts))
  var sort = FactName.run.rawValue

  @Flag(help: "In the opposite order.")
  var reverse = false

  @Option(
    help: ArgumentHelp("Shows these beside the run, with commas between them.", valueName: "names"),
    completion: .custom(Completions.facts))
  var columns: String?

  @OptionGroup var runs: RunsArguments

  @Flag(help: "As JSON.")
  var json = false

  func run() throws {
    let selection = try reporting {
      try RunSelection(
        where: condition, status: status?.word, name: name, order: sort, isReversed: reverse, columns: columns)
    }
    let list = try reporting { () throws(RunError) in
      do throws(FileError) {
        return try RunList(in: runs.folder)
      } catch {
        throw error.cause == .notFound && error.path == RunFolder(runs.folder).path
          ? RunError("there is no folder \(runs.folder)", remedy: ListCommand.beginning, exitCode: 66) : RunError(error)
      }
    }
    let found = try reporting { try selection.runs(of: list) }
    let unreadable = selection.isOfAll ? list.unreadable : []
    if json { return try Terminal.print(String(JSON.text(entries(found, unreadable)).dropLast())) }
    guard !found.isEmpty || !unreadable.isEmpty else {
      Terminal.write(
        list.runs.isEmpty
          ? "no runs in \(runs.folder); \(ListCommand.beginning)\n"
          : "none of the \(list.runs.count) runs in \(runs.folder) is like that\n")
      return
    }
    let answer = ListAnswer(list, columns: selection.columns, width: Terminal.outputWidth)
    if !found.isEmpty { try Terminal.print(String(answer.text(of: found).dropLast())) }
    for run in found { for problem in list.problems(of: run) { Terminal.note("\(run.path): \(problem)") } }
    var others = TextTable([.left, .left, .left])
    for run in unreadable { others.add([list.name(of: run.path), run.status, run.reason]) }
    if !unreadable.isEmpty {
      try Terminal.print(String(others.wrapped(to: Terminal.outputWidth, column: 2).text.dropLast()))
    }
  }

  /// What is listed, for JSON; runs that cannot be read have nothing but a folder to be sorted by and else come last.
  private func entries(_ runs: [ListedRun], _ unreadable: [UnreadableRun]) -> [FoundRun] {
    let all = runs.map { FoundRun($0.path) } + unreadable.map(FoundRun.unreadable)
    return sort == FactName.run.rawValue ? all.sorted { reverse ? $1.path < $0.path : $0.path < $1.path } : all
  }

  private static let beginning = "begin one with: gan-exp run Experiments/mlp-mnist.yaml"
}
