import Compute
import Datasets
import Files
import Host
import Networks
import Specs
import Sweeps
import SystemPackage
import Training

/// A sweep's file that was read and checked: what its trials are, and what is looked for.
package struct SweepPlan: Sendable {
  /// The path as the person gave it.
  package let path: String
  /// The name of the sweep and of its folder.
  package let name: String
  /// What the file says.
  package let sweep: Sweep
  /// The spec that the sweep begins from, without values of its parameters.
  package let baseSpec: TrialSpec
  /// The column that is looked at.
  package let column: Column
  /// Which of its values are better.
  package let goal: Goal
  /// The bytes of the file.
  package let bytes: [UInt8]
  /// SHA-256 of all that decides what is trained: of the file, and of the spec with all its defaults.
  package let digest: String
  /// The folder in which the spec's files are looked for.
  package let specFolder: String
  /// Warnings.
  package let warnings: [Diagnostic]
  let specs: TrialSpecs

  /// The seeds of a trial.
  package var seeds: [UInt64] { sweep.seeds ?? baseSpec.experiment.seeds ?? [baseSpec.experiment.seed] }

  /// Which number of a run is its value, in words that say all that it depends on.
  var which: String { "\(sweep.objective.value.rawValue), \(goal.rawValue)" }

  /// What workers of another version of the file are told.
  var changed: FileError {
    FileError(
      path: path, damaged: "it was changed since its training began", remedy: "the same command goes on with it")
  }

  /// The folder of the sweep.
  package func folder(in runs: String) -> SweepFolder { SweepFolder("\(RunFolder(runs).path)/\(name)") }

  /// Reads a sweep's file completely, with the spec that it begins from.
  /// - Throws: `RunError` with all mistakes (65), or when the file cannot be read (66).
  package init(path: String, options: RunOptions, machine: Machine) throws(RunError) {
    self.path = path
    let diagnostics = Diagnostics()
    let file: SpecFile
    do throws(FileError) {
      file = try SpecFile(path: path, overrides: options.overrides, diagnostics: diagnostics)
    } catch { throw RunError(error) }
    guard let whole = file.root, whole["extends"] == nil else { throw RunError(diagnostics) }
    let sweep = Sweep.read(whole, diagnostics: diagnostics)
    guard whole["sweep"] != nil else { throw RunError(diagnostics) }
    let stem = ExperimentName.nearest(to: FilePath(path).stem ?? path)
    name = sweep?.name ?? stem
    if let own = sweep?.name, let remedy = ExperimentName.refusal(own) {
      diagnostics.error("a sweep cannot be called \(own)", at: whole["sweep"]?["name"]?.mark, remedy: remedy)
    }
    guard let merged = SweepPlan.merged(whole, path, diagnostics) else { throw RunError(diagnostics) }
    specFolder = FilePath(path).removingLastComponent().string
    var location = options.data
    location.specFolder = specFolder
    location.memory = min(location.memory, machine.memory)
    let reading = BaseReading(
      spec: merged, sweep: sweep, section: whole["sweep"] ?? .null, name: name, location: location, machine: machine,
      threads: options.threads ?? machine.defaultThreads)
    let found = reading.read(diagnostics)
    guard let sweep, let found, !diagnostics.hasErrors else { throw RunError(diagnostics) }
    self.sweep = sweep
    (baseSpec, specs, column, goal) = (found.baseSpec, found.specs, found.column, found.goal)
    warnings = diagnostics.all
    bytes = file.bytes
    let resolved = ResolvedSpec.identity(found.baseSpec.experiment.resolved)
    digest = Digest.sha256([UInt8]((Emitter.text(of: whole["sweep"] ?? .null) + resolved).utf8))
  }

  /// The spec without the section of the sweep, over the one that it begins from; nil after a report where that cannot be read.
  private static func merged(_ whole: Node, _ path: String, _ diagnostics: Diagnostics) -> Node? {
    let rest = whole.removing("sweep")
    guard let base = whole["sweep"]?["base"], let name = base.text, !name.isEmpty, !name.utf8.contains(0) else {
      return rest
    }
    let place = FilePath(path).removingLastComponent().pushing(FilePath(name)).string
    do throws(FileError) {
      guard let root = try SpecFile(path: place, diagnostics: diagnostics).root else { return nil }
      return rest.merged(over: root)
    } catch {
      diagnostics.error(
        error.message, at: base.mark,
        remedy: error.cause == .notFound ? "give a path relative to the folder of this file" : error.remedy)
      return nil
    }
  }

  /// Reads the data of the spec that the sweep begins from, as each of its runs does.
  /// - Throws: `RunError` for data that are missing or cannot be read (65, 66, 74).
  func requireData(_ location: DataLocation) throws(RunError) {
    var location = location
    location.specFolder = specFolder
    _ = try baseSpec.experiment.load(from: location, showsPlace: true)
  }

  /// The specs of the trials that are known before any is trained; mistakes in any of them are told together.
  /// - Throws: `RunError` (65).
  package func knownTrials() throws(RunError) -> [(trial: TrialNumber, assignment: Assignment, spec: TrialSpec)] {
    guard !sweep.method.isAdaptive else { return [] }
    let diagnostics = Diagnostics()
    var found: [(trial: TrialNumber, assignment: Assignment, spec: TrialSpec)] = []
    var known: [String: (place: Int, assignment: Assignment)] = [:]
    for (stratum, own) in sweep.strata.enumerated() {
      for number in 0..<own.search.trials {
        let assignment = sweep.method.assignment(of: number, in: own.search, after: [])
        let trial = Diagnostics()
        if let spec = specs.trial(assignment, trial) {
          let place = sweep.strata.prefix(stratum).reduce(number + 1) { $0 + $1.search.trials }
          if let other = known[spec.digest], other.assignment != assignment {
            diagnostics.error(
              "trials \(other.place) and \(place) have other values and are the same: the spec does not differ",
              at: sweep.methodMark, remedy: "leave out the parameter without effect, or say with when where it has one")
          }
          known[spec.digest] = (place, assignment)
          found.append((TrialNumber(stratum: stratum, number: number), assignment, spec))
        } else {
          for mistake in trial.all where mistake.severity == .error { diagnostics.report(mistake) }
        }
      }
    }
    if diagnostics.hasErrors { throw RunError(diagnostics) }
    return found
  }

  /// The trials that are known before any is trained, as a journal has them.
  package func journalTrials() throws(RunError) -> [String: Journal.Trial] {
    Dictionary(
      try knownTrials().map { trial in
        (
          trial.assignment.text,
          Journal.Trial(
            digest: trial.spec.digest, operations: trial.spec.operations,
            stepsPerEpoch: trial.spec.experiment.stepsPerEpoch, steps: trial.spec.experiment.totalSteps)
        )
      }
    ) { first, _ in first }
  }
}
