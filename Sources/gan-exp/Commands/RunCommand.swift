import ArgumentParser
import Compute
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
        gan-exp run Experiments/ring-gan.yaml --seeds 0..9
        mpirun -n 4 gan-exp run my.yaml

      With --seeds, or seeds in the spec, a run of each seed is trained, several side by side, in a folder such as Runs/ring-gan/group-001. The \
      same command resumes an interrupted group, and adds seeds that it does not have yet.

      Started by mpirun, the processes share out the shards of one run (training.shards in the spec); the results do not \
      depend on how many there are.

      \(ExitStatus.sentence(ExitStatus.training))
      """)

  @OptionGroup var source: SpecArguments

  @Option(
    parsing: .unconditional, help: "The same as --set training.epochs=N.", transform: whole("--epochs", 1...1_000_000))
  var epochs: Int?

  @Option(
    help: ArgumentHelp("Trains a group of runs, one a seed: 0..9, or 1,2,5.", valueName: "seeds"),
    transform: { text in
      do { return try Seeds.read(text) } catch let error as RunError {
        throw ValidationError("\(error.message); \(error.remedy ?? "")")
      }
    })
  var seeds: [UInt64]?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Runs of a group at a time; by default one a core, as memory allows.", valueName: "jobs"),
    transform: whole("--jobs", 1...256))
  var jobs: Int?

  @OptionGroup var machine: MachineArguments

  @OptionGroup var runs: RunsArguments

  @Flag(help: "Shows no progress.")
  var quiet = false

  @Flag(help: "Ends with the run's summary as JSON instead of its folder.")
  var json = false

  @Flag(help: "Reads all data, as a run does, and trains nothing; check shows what it would train.")
  var dryRun = false

  func validate() throws {
    guard seeds != nil else { return }
    if source.changes.seed != nil { throw ValidationError("Give --seed or --seeds, not both.") }
    if json { throw ValidationError("--json is of one run, not of a group.") }
  }

  func run() throws { try amongRanks(machine, run) }

  private func run(_ ranks: (any Ranks)?) throws {
    var options = RunOptions()
    options.ranks = ranks
    options.runs = runs.folder
    options.overrides = source.changes.overrides + (epochs.map { ["training.epochs=\($0)"] } ?? [])
    options.seed = source.changes.seed
    options.threads = machine.threads(of: ranks)
    options.lanes = machine.lanes
    options.data = machine.data
    options.command = CommandLine.arguments
    let path = source.spec
    if let task = WorkerTask.present { options.threads = task.threads }
    let spec = try reporting { try LoadedSpec(path: path, options: options, machine: .current()) }
    // One run where its seed was given.
    let seeds = seeds ?? (options.seed == nil ? spec.experiment.seeds : nil)
    if let seeds, let task = WorkerTask.present {
      return try GroupRun(spec: path, options: options, seeds: seeds, isQuiet: true).work(on: task)
    }
    Terminal.show(spec.warnings)
    if dryRun {
      try reporting { try spec.checkData(options) }
      try Terminal.print("\(path) is ready: \(Readable.count(spec.experiment.totalSteps, "step"))")
      return
    }
    if seeds == nil, jobs != nil {
      throw ValidationError("--jobs needs --seeds, such as --seeds 0..9, or seeds in the spec.")
    }
    if let seeds {
      if ranks != nil { throw ValidationError("A group trains runs side by side: start it without mpirun.") }
      if json { throw ValidationError("--json is of one run, and the spec has seeds: give --seed too.") }
      return try GroupRun(spec: path, options: options, seeds: seeds, isQuiet: quiet).run(spec, jobs: jobs)
    }
    let runner = try reporting { try Runner.start(spec, options: options) }
    try train(runner, isQuiet: quiet, showsJSON: json)
  }
}
