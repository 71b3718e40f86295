import ArgumentParser
import Files
import Runs
import Specs
import Training

struct CloneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clone", abstract: "Trains a new run of a run's spec with changes.",
    discussion: """
      Says what is changed, then trains as gan-exp run does. The spec is that of the run, with what --set and the like \
      changed then; the run itself is only read.

      \(RunArgument.explanation)

      Examples:
        gan-exp clone mlp-mnist/001 --set training.batch_size=64
        gan-exp clone latest --seed 7 --epochs 20

      \(ExitStatus.sentence(ExitStatus.training))
      """)

  @OptionGroup var target: RunArgument
  @OptionGroup var changes: ChangeArguments

  @Option(
    parsing: .unconditional, help: "The same as --set training.epochs=N.", transform: whole("--epochs", 1...1_000_000))
  var epochs: Int?

  @OptionGroup var machine: MachineArguments

  @Flag(help: "Shows no progress.")
  var quiet = false

  @Flag(help: "Ends with the run's summary as JSON instead of its folder.")
  var json = false

  @Flag(help: "Says what is changed, and trains nothing.")
  var dryRun = false

  func run() throws {
    let folder = try target.single()
    var options = RunOptions()
    options.runs = target.runs.folder
    options.overrides = changes.overrides + (epochs.map { ["training.epochs=\($0)"] } ?? [])
    options.seed = changes.seed
    options.threads = machine.threads.count
    options.lanes = machine.lanes
    options.data = machine.data
    options.command = CommandLine.arguments
    let clone = try reporting { try RunClone(of: folder, options: options) }
    if clone.isResolved { Terminal.note("\(folder.spec) does not stand by itself: the spec is \(folder.resolved)") }
    Terminal.show(clone.spec.warnings)
    if clone.changes.isEmpty { Terminal.note("nothing is changed: it is the same run again") }
    for change in clone.changes {
      let (old, new) = (change.values[0] ?? "none", change.values[1] ?? "none")
      Terminal.write(DisplayText.printable("\(change.key): \(old) -> \(new)") + "\n")
    }
    if dryRun { return }
    let runner = try reporting { try Runner.start(clone.spec, options: clone.options) }
    try train(runner, isQuiet: quiet, showsJSON: json)
  }
}
