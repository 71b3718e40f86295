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
        gan-exp sweep Experiments/sweeps/ring-search.yaml
        gan-exp sweep Experiments/sweeps/ring-search.yaml --dry-run
        gan-exp sweep my-search.yaml --set sweep.trials=40 --jobs 4
        gan-exp sweep my-search.yaml --slurm --jobs 16 --sbatch=--time=4:00:00
        gan-exp sweep my-search.yaml --status

      \(ExitStatus.sentence(ExitStatus.sweeping))
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

  @Flag(help: "Shows how far the sweep is, and the leaderboard so far; trains nothing.")
  var status = false

  @Flag(
    help:
      "Submits an array job to Slurm, whose tasks train the sweep, and returns; --jobs says how many, by default one a run, at most 16."
  )
  var slurm = false

  @Option(
    name: .customLong("sbatch"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("An option of sbatch, such as --sbatch=--partition=long. Repeatable.", valueName: "option"))
  var batchOptions: [String] = []

  @Flag(help: "Shows no progress.")
  var quiet = false

  @Flag(help: "Ends with the leaderboard as JSON instead of the folder.")
  var json = false

  func validate() throws {
    let modes = [(dryRun, "--dry-run"), (status, "--status"), (slurm, "--slurm")].filter(\.0).map(\.1)
    if modes.count > 1 { throw ValidationError("\(modes[0]) and \(modes[1]) exclude each other.") }
    if !batchOptions.isEmpty, !slurm { throw ValidationError("--sbatch needs --slurm.") }
    if let wrong = batchOptions.first(where: { !$0.hasPrefix("-") || $0.contains("\n") }) {
      throw ValidationError("--sbatch takes an option such as --sbatch=--time=4:00:00, not \(wrong)")
    }
  }

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
    if status { return try showStatus(plan) }
    let display = SweepDisplay(isQuiet: quiet)
    let training = try reporting { try SweepTraining(plan, options: options, observer: display) }
    if slurm { return try submit(training, plan) }
    let cores = options.threads ?? host.defaultThreads
    let fitting = max(1, host.memory / max(1, training.memory))
    let jobs = max(1, jobs ?? min(cores, fitting))
    let threads = max(1, cores / jobs)
    display.began(plan, training.folder, jobs: jobs, threads: threads)
    let end = try reporting {
      try training.run(jobs: jobs, threads: threads, parent: getpid(), observer: display)
    }
    try finish(training, plan, end)
  }

  /// Has Slurm train the sweep.
  private func submit(_ training: SweepTraining, _ plan: SweepPlan) throws {
    let runs = plan.sweep.trialCount * plan.seeds.count
    let job = SlurmJob(
      plan, in: training.folder, memory: training.memory, tasks: jobs ?? min(runs, 16),
      threads: machine.threads.count ?? 1,
      options: batchOptions, arguments: CommandLine.arguments)
    let number = try reporting { try job.submit() }
    Terminal.write("job \(number); --status in place of --slurm shows how far it is\n")
    try Terminal.print(training.folder.path)
  }

  /// Shows what the sweep has come to so far.
  private func showStatus(_ plan: SweepPlan) throws {
    let folder = plan.folder(in: runs.folder)
    let found = try reporting { () throws(RunError) -> SweepState? in
      do throws(FileError) {
        guard try folder.exists() else {
          return nil
        }
        return SweepState(plan, in: folder, try Journal(folder))
      } catch { throw RunError(error) }
    }
    guard var state = found else {
      Terminal.show(
        RunError(
          "\(folder.path) is no sweep yet", remedy: "the same command without --status begins it", exitCode: 66))
      throw ExitCode(66)
    }
    if state.journal.plan != plan.digest {
      let known = try reporting { try plan.journalTrials() }
      state.journal.replaceTrials(known)
      Terminal.note("\(file) was changed since its training began: this is what the changed one has so far")
    }
    let outcome = SweepOutcome(&state)
    let lines = SweepDisplay.lines(state)
    try Terminal.print(
      json
        ? String(JSON.text(outcome).dropLast())
        : lines.joined(separator: "\n") + "\n\n"
          + SweepAnswer(plan, outcome, folder).text(width: Terminal.proseWidth).dropLast())
  }

  /// Writes and shows what the sweep came to.
  private func finish(_ training: SweepTraining, _ plan: SweepPlan, _ end: WorkerPool.End) throws {
    var state = training.state
    let outcome = SweepOutcome(&state)
    if !outcome.isFinished, end.signal == nil { WorkerWords.show(end.said, in: training.folder.messages) }
    try reporting { try SweepFiles(training.folder, plan, outcome).write() }
    if !quiet { Terminal.write("\n" + SweepAnswer(plan, outcome, training.folder).text(width: Terminal.width)) }
    if end.signal != nil { Terminal.write("stopped after checkpoints; the same command goes on\n") }
    try Terminal.print(json ? String(JSON.text(outcome).dropLast()) : training.folder.path)
    if let signal = end.signal { throw ExitCode(128 + signal) }
    guard outcome.isFinished else {
      let failures = state.journal.failures
      guard !failures.isEmpty else {
        Terminal.show(
          RunError(
            "the workers ended before the sweep did",
            remedy: "the same command goes on; \(training.folder.messages) has what workers said",
            exitCode: 74))
        throw ExitCode(74)
      }
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
      return try worker.work(of: task.parent > 0 ? task.parent : nil) { job, error in
        Terminal.write(
          "\(SweepFolder.trialName(job.digest)), seed \(job.seed): \(error.message)\(error.remedy.map { "; \($0)" } ?? "")\n"
        )
      }
    }
    if let signal { throw ExitCode(128 + signal) }
    // Nobody else writes what it came to.
    if task.parent == 0 { try finishAlone(SweepFolder(task.group), plan) }
  }

  /// Writes what the sweep has come to, as the last of workers that nobody watches does.
  private func finishAlone(_ folder: SweepFolder, _ plan: SweepPlan) throws {
    let failures = try reporting { () throws(RunError) -> Int in
      do {
        var state = SweepState(plan, in: folder, try Journal(folder))
        try SweepFiles(folder, plan, SweepOutcome(&state)).write()
        return state.journal.failures.count
      } catch { throw RunError(of: error) }
    }
    if failures > 0 { throw ExitCode(74) }
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
