import ArgumentParser
import Files
import Glibc
import Host
import Reports
import Runs
import Specs
import Training

struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep", abstract: "Trains many trials of a spec with other values, and shows the best.",
    discussion: """
      The file has a section sweep: the spec that it begins from, the parameters with their values, the method (grid, list, \
      random, sobol, latin, tpe, halving, hyperband, asha), and what is looked for. Everything is checked before the first \
      trial. The folder under Runs/ has a group of runs of each trial, leaderboard.csv, and the spec of the best.

      The same command goes on after any interruption, and trains what an edited file adds. What comes out does not depend on \
      --jobs.

      Examples:
        gan-exp sweep Experiments/search-ring.yaml
        gan-exp sweep Experiments/search-ring.yaml --dry-run
        gan-exp sweep my-search.yaml --set sweep.trials=40 --jobs 4

      \(ExitStatus.sentence(ExitStatus.training))
      """)

  @Argument(help: "The sweep's YAML file.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "Changes one value of the file: sweep.trials=40, training.epochs=5. Repeatable.", valueName: "key=value"))
  var overrides: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Runs at a time; by default one a core, as memory allows.", valueName: "jobs"),
    transform: whole("--jobs", 1...256))
  var jobs: Int?

  @OptionGroup var machine: MachineArguments

  @OptionGroup var runs: RunsArguments

  @Flag(help: "Shows the trials, and what they take of arithmetic, time and disk; trains nothing.")
  var dryRun = false

  @Flag(help: "Shows no progress.")
  var quiet = false

  @Flag(help: "Ends with the leaderboard as JSON instead of the folder.")
  var json = false

  func run() throws {
    var options = RunOptions()
    options.runs = runs.folder
    options.overrides = overrides
    options.threads = machine.threads.count
    options.lanes = machine.lanes
    options.data = machine.data
    options.command = CommandLine.arguments
    let host = Machine.current()
    let plan = try reporting { try SweepPlan(path: file, options: options, machine: host) }
    if let task = WorkerTask.present { return try work(on: task, plan, options) }
    Terminal.show(plan.warnings)
    if dryRun { return try show(plan, host) }
    let display = SweepDisplay(isQuiet: quiet)
    let training = try reporting { try SweepTraining(plan, options: options, observer: display) }
    let cores = options.threads ?? host.defaultThreads
    let fitting = max(1, host.memory / max(1, plan.baseSpec.footprint.memory))
    let jobs = max(1, jobs ?? min(cores, fitting))
    let threads = max(1, cores / jobs)
    display.began(plan, training.folder, jobs: jobs, threads: threads)
    let signal = try reporting {
      try training.run(jobs: jobs, threads: threads, parent: getpid(), observer: display)
    }
    try finish(training, plan, signal)
  }

  /// Writes and shows what the sweep came to.
  private func finish(_ training: SweepTraining, _ plan: SweepPlan, _ signal: Int32?) throws {
    var state = training.state
    let outcome = SweepOutcome(&state)
    try reporting { try SweepFiles(training.folder, plan, outcome).write() }
    if !quiet { Terminal.write(SweepAnswer(plan, outcome, training.folder).text(width: Terminal.width)) }
    if signal != nil { Terminal.write("stopped after checkpoints; the same command goes on\n") }
    try Terminal.print(json ? String(JSON.text(outcome).dropLast()) : training.folder.path)
    if let signal { throw ExitCode(128 + signal) }
    guard outcome.isFinished else {
      let failures = state.journal.failures
      let first = failures.values.sorted().first.map { ": \($0)" } ?? ""
      Terminal.show(
        RunError(
          "\(Readable.count(failures.count, "run")) did not finish\(first)",
          remedy: "the same command tries again; \(training.folder.messages) has what workers said", exitCode: 74))
      throw ExitCode(74)
    }
    if outcome.rows.allSatisfy({ $0.value == nil }) { throw ExitCode(3) }
  }

  /// Trains runs of the sweep, as one of its workers.
  private func work(on task: WorkerTask, _ plan: SweepPlan, _ options: RunOptions) throws {
    var own = options
    own.threads = task.threads
    let options = own
    let signal = try reporting { () throws(RunError) -> Int32? in
      var worker = try SweepWorker(
        plan, in: SweepFolder(task.group), options: options, observer: QuietDisplay())
      return try worker.work(of: task.parent) { job, error in
        Terminal.write(
          "\(SweepFolder.trialName(job.digest)), seed \(job.seed): \(error.message)\(error.remedy.map { "; \($0)" } ?? "")\n"
        )
      }
    }
    if let signal { throw ExitCode(128 + signal) }
  }

  private func show(_ plan: SweepPlan, _ host: Machine) throws {
    let trials = try reporting { try plan.knownTrials() }
    let estimate = try reporting {
      try SweepEstimate(plan, trials, threads: machine.threads.count ?? host.defaultThreads)
    }
    try Terminal.print(
      json
        ? String(JSON.text(estimate).dropLast())
        : SweepPreview(plan, estimate, trials.map(\.assignment)).text(width: Terminal.proseWidth))
  }
}
