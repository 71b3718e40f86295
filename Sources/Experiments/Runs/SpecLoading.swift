import Datasets
import YAML

/// A spec that was read, built and found to fit into the machine.
public struct LoadedSpec: Sendable {
  /// The text and where it came from.
  public let file: SpecFile
  /// What it says.
  public let experiment: Experiment
  /// What it needs.
  public let footprint: Footprint
  /// Warnings.
  public let warnings: [Diagnostic]

  /// Reads a spec completely.
  /// - Throws: `RunError` with all mistakes (65), or when the file cannot be read (66).
  public init(path: String, options: RunOptions, machine: Machine) throws(RunError) {
    let diagnostics = Diagnostics()
    do throws(FileError) {
      file = try SpecFile(path: path, overrides: options.overrides, diagnostics: diagnostics)
    } catch {
      throw RunError(error)
    }
    let stem = path.split(separator: "/").last.map(String.init) ?? path
    let name = stem.lastIndex(of: ".").map { String(stem[..<$0]) } ?? stem
    var location = options.data(forSpec: path)
    location.memory = min(location.memory, machine.memory)
    guard let root = file.root,
      let experiment = Experiment(
        root, fallbackName: name, seed: options.seed,
        data: options.inspectsData ? .inspecting(location) : .looking(location), diagnostics: diagnostics),
      let footprint = Footprint(
        experiment, limit: machine.memory, threads: options.threads ?? machine.defaultThreads,
        diagnostics: diagnostics)
    else { throw RunError(diagnostics) }
    self.experiment = experiment
    self.footprint = footprint
    warnings = diagnostics.all
  }
}

extension LoadedSpec {
  /// The spec with every default, as resolved.yaml has it.
  public var resolvedText: String { Emitter.text(of: experiment.resolved) }

  /// Looks for the data and verifies them.
  public func checkData(_ options: RunOptions) throws(RunError) {
    _ = try Runner.load(experiment, options.data(forSpec: file.path), showsPlace: true)
  }
}
