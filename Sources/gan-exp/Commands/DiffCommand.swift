import ArgumentParser
import Files
import Host
import Reports
import Runs
import Training

struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Shows what differs between two runs or specs, by meaning.",
    discussion: """
      Of specs the resolved ones are compared, so that neither comments nor defaults that are written out count. Of two \
      runs also data, arithmetic, the rows of metrics.csv and evaluation.csv up to the first step at which they part, and \
      verdicts. Version, threads and machine are shown, and decide no number.

      \(RunArgument.explanation)

      Examples:
        gan-exp diff mlp-mnist/001 mlp-mnist/002
        gan-exp diff mlp-mnist/001 Experiments/mlp-mnist.yaml
        gan-exp diff Experiments/mlp-mnist.yaml Experiments/ring-gan.yaml

      \(ExitStatus.sentence([.done, .unfit, .usage, .damaged, .missing, .notWritten]))
      """)

  @Argument(
    help: ArgumentHelp("A run, by folder or name, or the file of a spec.", valueName: "first"),
    completion: .custom(Completions.runsAndSpecs))
  var first: String

  @Argument(
    help: ArgumentHelp("Another one.", valueName: "second"), completion: .custom(Completions.runsAndSpecs))
  var second: String

  @OptionGroup var runs: RunsArguments
  @OptionGroup var places: DataArguments

  @Flag(help: "As JSON.")
  var json = false

  func run() throws {
    let difference = try reporting { RunDifference(try side(first), try side(second)) }
    try Terminal.print(
      String((json ? JSON.text(difference) : DiffAnswer(difference, width: Terminal.proseWidth).text).dropLast()))
    if !difference.isSame { throw ExitCode(ExitStatus.unfit.rawValue) }
  }

  /// A file is a spec; all else is the name of a run.
  private func side(_ name: String) throws(RunError) -> DifferingSide {
    guard FileBytes.exists(name) else { return try DifferingSide(run: RunName.folder(name, in: runs.folder).path) }
    var options = RunOptions()
    options.data = places.location
    return DifferingSide(try LoadedSpec(path: name, options: options, machine: .current()))
  }
}
