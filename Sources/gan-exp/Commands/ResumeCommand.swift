import ArgumentParser
import Compute
import Files
import Host
import Runs
import Training

struct ResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Resumes a run from its newest intact checkpoint.",
    discussion: """
      The result is the same, bit for bit, as if the run had never been stopped. Rows of metrics.csv after the \
      checkpoint are cut off and written again.

      \(RunArgument.explanation)

      Examples:
        gan-exp resume mlp-mnist/001
        gan-exp resume latest --epochs 60

      \(ExitStatus.sentence(ExitStatus.training))
      """)

  @OptionGroup var target: RunArgument

  @Option(
    parsing: .unconditional, help: "Trains up to this number of epochs.", transform: whole("--epochs", 1...1_000_000))
  var epochs: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Goes on from the checkpoint of this step instead of the newest.", valueName: "step"),
    transform: whole("--from", 1...Int.max))
  var from: Int?

  @OptionGroup var machine: MachineArguments

  @Flag(help: "Shows no progress.")
  var quiet = false

  @Flag(help: "Ends with the run's summary as JSON instead of its folder.")
  var json = false

  func run() throws { try amongRanks(machine, run) }

  private func run(_ ranks: (any Ranks)?) throws {
    let path = try target.folder().path
    var options = ResumeOptions()
    options.epochs = epochs
    options.step = from
    options.ranks = ranks
    options.threads = machine.threads(of: ranks)
    options.lanes = machine.lanes
    options.data = machine.data
    options.command = CommandLine.arguments
    let runner = try reporting {
      try Runner.resume(path, options: options) { Terminal.note($0) }
    }
    guard let runner else {
      try Terminal.print(RunFolder(path).path)
      return
    }
    try train(runner, isQuiet: quiet, showsJSON: json)
  }
}
