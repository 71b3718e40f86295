import ArgumentParser
import Files
import Runs
import Training

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Trains an experiment and leaves a folder under Runs/.",
    discussion: """
      The spec is checked completely before anything is trained. The last line of the output is the run's folder. \
      Ctrl-C stops after a checkpoint; a second one stops at once.

      Examples:
        gan-exp run Experiments/mlp-mnist.yaml
        gan-exp run my.yaml --epochs 5 --set 'generator[0].dense.units=128'

      \(ExitStatus.sentence(ExitStatus.training))
      """)

  @OptionGroup var source: SpecArguments

  @Option(
    parsing: .unconditional, help: "The same as --set training.epochs=N.", transform: whole("--epochs", 1...1_000_000))
  var epochs: Int?

  @OptionGroup var machine: MachineArguments

  @OptionGroup var runs: RunsArguments

  @Flag(help: "Shows no progress.")
  var quiet = false

  @Flag(help: "Ends with the run's summary as JSON instead of its folder.")
  var json = false

  @Flag(help: "Reads all data, as a run does, and trains nothing; check shows what it would train.")
  var dryRun = false

  func run() throws {
    var options = RunOptions()
    options.runs = runs.folder
    options.overrides = source.changes.overrides + (epochs.map { ["training.epochs=\($0)"] } ?? [])
    options.seed = source.changes.seed
    options.threads = machine.threads.count
    options.lanes = machine.lanes
    options.data = machine.data
    options.command = CommandLine.arguments
    let path = source.spec
    let spec = try reporting { try LoadedSpec(path: path, options: options, machine: .current()) }
    Terminal.show(spec.warnings)
    if dryRun {
      try reporting { try spec.checkData(options) }
      try Terminal.print("\(path) is ready: \(Readable.count(spec.experiment.totalSteps, "step"))")
      return
    }
    let runner = try reporting { try Runner.start(spec, options: options) }
    try train(runner, isQuiet: quiet, showsJSON: json)
  }
}
