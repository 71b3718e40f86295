import ArgumentParser
import Experiments

struct ResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Goes on with a run from its newest good checkpoint.",
    usage: """
      gan-exp resume Runs/mlp-mnist/001
             gan-exp resume Runs/mlp-mnist/001 --epochs 60
      """,
    discussion: """
      The result is the same, bit for bit, as if the run had never been stopped. Rows of metrics.csv after the \
      checkpoint are cut off and written again. Where none is chosen, the BLAS core type is the run's own.
      """)

  @Argument(help: ArgumentHelp("The run's folder.", valueName: "run"))
  var path: String

  @Option(help: "Trains up to this number of epochs.")
  var epochs: Int?

  @Option(help: "Goes on from the checkpoint of this step instead of the newest.")
  var from: Int?

  @OptionGroup var machine: MachineArguments

  @Flag(help: "Shows no progress.")
  var quiet = false

  @Flag(help: "Ends with the run's summary as JSON instead of its folder.")
  var json = false

  func validate() throws {
    if let epochs, !(1...1_000_000).contains(epochs) {
      throw ValidationError("--epochs takes a number from 1 to 1000000, not \(epochs).")
    }
    if let from, from < 1 { throw ValidationError("--from takes the step of a checkpoint, not \(from).") }
  }

  func run() throws {
    try machine.chooseCore(resuming: CoreChoice.last(of: RunFolder(path), at: from))
    var options = ResumeOptions()
    options.epochs = epochs
    options.step = from
    options.threads = machine.threads.count
    options.data = machine.data
    options.command = CommandLine.arguments
    let runner = try reporting {
      try Runner.resume(path, options: options) { Terminal.write("note: \($0)\n") }
    }
    guard let runner else {
      try Terminal.print(RunFolder(path).path)
      return
    }
    try train(runner, isQuiet: quiet, showsJSON: json)
  }
}
