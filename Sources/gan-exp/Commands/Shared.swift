import ArgumentParser
import Compute
import Datasets
import Files
import Glibc
import Host
import Reports
import Runs
import Specs
import Training

/// How many threads a command uses.
struct ThreadArguments: ParsableArguments {
  @Option(
    name: .customLong("threads"), parsing: .unconditional,
    help: ArgumentHelp(
      "Threads, 1 to 64; by default one a core. The results do not depend on it.", valueName: "threads"),
    transform: whole("--threads", 1...Machine.mostThreads))
  var count: Int?
}

/// The folder that runs lie in.
package struct RunsArguments: ParsableArguments {
  @Option(
    name: .customLong("runs"), help: ArgumentHelp("The folder that runs lie in.", valueName: "dir"),
    completion: .directory)
  package var folder = "Runs"

  package init() {}

  package func validate() throws {
    if folder.isEmpty { throw ValidationError("--runs takes the path of a folder.") }
  }
}

/// One run.
package struct RunArgument: ParsableArguments {
  /// How runs are named, for the help of commands.
  package static let explanation = """
    A run is named by its folder, by mlp-mnist/001 in the folder of runs, by 001 where only one experiment has it, by \
    mlp-mnist for the experiment's newest run, by latest for the newest of all, or by any unambiguous prefix.
    """

  @Argument(
    help: ArgumentHelp("The run: a folder, mlp-mnist/001, 001, mlp-mnist or latest.", valueName: "run"),
    completion: .custom(Completions.runs))
  var name: String

  @OptionGroup var runs: RunsArguments

  package init() {}

  /// The run's folder.
  package func folder() throws -> RunFolder {
    try reporting { () throws(RunError) in try RunName.folder(name, in: runs.folder) }
  }

  /// The run's folder, for commands that keep or change it: of a group they would take the newest run without a word.
  package func single() throws -> RunFolder {
    try reporting { () throws(RunError) in
      do {
        for path in [name, "\(runs.folder)/\(name)"] where try RunFolder(path).isOfRuns() {
          let one = try RunWalk(path).entries.first?.folder.path
          throw RunError(
            "\(name) is no single run", remedy: one.map { "name one of its runs, such as \($0)" } ?? "it has no runs",
            exitCode: 64)
        }
      } catch { throw RunError(of: error) }
      return try RunName.folder(name, in: runs.folder)
    }
  }
}

/// Where data are looked for.
struct DataArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp("A folder in which data are looked for first.", valueName: "dir"), completion: .directory)
  var dataDir: String?

  /// The places.
  var location: DataLocation { DataLocation.standard(dataDirectory: dataDir) }
}

/// Reads the whole number that an option takes.
func whole<Number: FixedWidthInteger & Sendable>(
  _ option: String, _ range: ClosedRange<Number>
) -> @Sendable (String) throws -> Number {
  { text in
    guard let number = Number(text), range.contains(number) else {
      throw ValidationError(
        "\(option) takes a number from \(range.lowerBound) to \(range.upperBound), not \(text.isEmpty ? "nothing" : text)"
      )
    }
    return number
  }
}

/// Options of every command that trains.
struct MachineArguments: ParsableArguments {
  @OptionGroup var threads: ThreadArguments
  @OptionGroup var places: DataArguments

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Lanes of the vectors of products: 8 (AVX2), 16 (AVX-512), or 1 to check them; by default the faster. The results do "
        + "not depend on it.", valueName: "lanes"),
    completion: .list(Lanes.allCases.map { "\($0.rawValue)" }), transform: laneCount)
  var lanes: Lanes?

  /// Where data are looked for.
  var data: DataLocation { places.location }
}

/// Reads what `--lanes` takes.
private func laneCount(_ text: String) throws -> Lanes {
  guard let lanes = Lanes.allCases.first(where: { "\($0.rawValue)" == text }) else {
    let all = Lanes.allCases.map { "\($0.rawValue)" }
    let offered = "\(all.dropLast().joined(separator: ", ")) or \(all[all.count - 1])"
    throw ValidationError("--lanes takes \(offered), not \(text.isEmpty ? "nothing" : text)")
  }
  guard lanes.areSupported else {
    throw ValidationError("--lanes \(text): this processor has no AVX-512; leave it out, or give --lanes 8")
  }
  return lanes
}

/// A spec, and changes to it.
struct SpecArguments: ParsableArguments {
  @Argument(help: "The experiment's YAML file.", completion: .file(extensions: ["yaml", "yml"]))
  var spec: String

  @OptionGroup var changes: ChangeArguments
}

/// Changes to a spec.
struct ChangeArguments: ParsableArguments {
  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp("Changes one value of the spec: training.epochs=5. Repeatable.", valueName: "key=value"),
    completion: .custom(Completions.settings))
  var overrides: [String] = []

  @Option(
    parsing: .unconditional, help: "Overrides the spec's seed.",
    transform: whole("--seed", 0...UInt64(Int.max)))
  var seed: UInt64?
}

/// Does a command's work and shows why it ended, if it did not end well.
package func reporting<Result>(_ body: () throws -> Result) throws -> Result {
  guard HostCheck.isSupported else {
    Terminal.show(
      RunError(
        "this processor lacks AVX2 or FMA, which the program is compiled for",
        remedy: "use an x86-64 processor of 2015 or later", exitCode: 70))
    throw ExitCode(70)
  }
  do {
    return try body()
  } catch let error as RunError {
    Terminal.show(error)
    throw ExitCode(error.exitCode)
  }
}

/// Trains, shows it, and ends the process as the outcome asks.
func train(_ runner: Runner, isQuiet: Bool, showsJSON: Bool) throws {
  let display: any RunObserver = isQuiet ? QuietDisplay() : RunDisplay()
  let outcome = try reporting { try runner.run(observer: display) }
  switch outcome {
  case .complete, .paused: break
  case .stopped:
    Terminal.write("stopped after a checkpoint; go on with: gan-exp resume \(ShellText.quoted(runner.folder.path))\n")
  case .diverged(let divergence):
    let checkpoints = try reporting {
      do throws(FileError) { return try runner.folder.checkpointSteps() } catch { throw RunError(error) }
    }
    Terminal.show([
      Diagnostic.error(
        divergence.message, at: divergence.mark,
        remedy: "lower the learning rates, or clip gradients with global_clipnorm"
          + (!checkpoints.isEmpty
            ? "; the last good checkpoint is kept"
            : runner.experiment.recording.checkpointEvery > 1
              ? "; there was no checkpoint yet: record.checkpoint_every: 1 makes one of every epoch" : ""))
    ])
  }
  if showsJSON {
    let report = try reporting { try summary(runner.folder) }
    try Terminal.print(String(JSON.text(report).dropLast()))
  } else {
    try Terminal.print(runner.folder.path)
  }
  switch outcome {
  case .complete, .paused: break
  case .stopped(let signal): throw ExitCode(128 + signal)
  case .diverged: throw ExitCode(3)
  }
}

/// One line about a run.
func summary(_ folder: RunFolder) throws(RunError) -> RunSummary {
  try folder.requireRun()
  do throws(FileError) {
    return try RunSummary(folder, findsSymptoms: true)
  } catch {
    throw RunError(error)
  }
}

extension CheckpointChoice {
  /// Reads the checkpoint that an option takes.
  static func reader(of option: String) -> @Sendable (String) throws -> CheckpointChoice {
    { text in
      switch text {
      case "best": return .best
      case "last", "latest", "newest": return .newest
      default:
        guard let step = Int(text), step > 0 else {
          throw ValidationError("\(option) takes a step, best or last, not \(text.isEmpty ? "nothing" : text)")
        }
        return .step(step)
      }
    }
  }
}
