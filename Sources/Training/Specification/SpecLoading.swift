import Files
import Specs
import SystemPackage

/// A spec that was read, built and found to fit into the machine.
package struct LoadedSpec: Sendable {
  /// The text and where it came from.
  package let file: SpecFile
  /// What it says.
  package let experiment: Experiment
  /// What it needs.
  package let footprint: Footprint
  /// Warnings.
  package let warnings: [Diagnostic]

  /// Reads a spec completely.
  /// - Throws: `RunError` with all mistakes (65), or when the file cannot be read (66).
  /// - Parameters:
  ///   - memory: bytes that the machine allows.
  ///   - threads: those of a run that is told no number.
  package init(path: String, options: RunOptions, memory: Int, threads: Int) throws(RunError) {
    let diagnostics = Diagnostics()
    do throws(FileError) {
      file = try SpecFile(path: path, overrides: options.overrides, diagnostics: diagnostics)
    } catch {
      throw RunError(error)
    }
    let name = options.name ?? FilePath(path).stem ?? path
    var location = options.data(forSpec: path)
    location.memory = min(location.memory, memory)
    guard let root = file.root,
      let experiment = Experiment(
        root, fallbackName: name, seed: options.seed,
        data: options.inspectsData ? .inspecting(location) : .looking(location), diagnostics: diagnostics),
      let footprint = Footprint(
        experiment, limit: memory, threads: options.threads ?? threads,
        diagnostics: diagnostics)
    else { throw RunError(diagnostics) }
    LoadedSpec.check(experiment, diagnostics)
    if diagnostics.hasErrors { throw RunError(diagnostics) }
    self.experiment = experiment
    self.footprint = footprint
    warnings = diagnostics.all
  }
}

extension LoadedSpec {
  /// Reports what a run of the experiment could not write, or could write and not read again.
  private static func check(_ experiment: Experiment, _ diagnostics: Diagnostics) {
    SheetSize.check(experiment, diagnostics)
    let text = Emitter.text(of: experiment.resolved)
    let limits = Parser.Limits.resolved
    guard text.utf8.count > limits.bytes || experiment.resolved.nodeCount > limits.nodes else { return }
    diagnostics.error(
      "with every default the spec has \(text.utf8.count) bytes and \(experiment.resolved.nodeCount) values; a run can be "
        + "resumed with at most \(limits.bytes) and \(limits.nodes)",
      at: experiment.resolved.mark, remedy: "use fewer layers")
  }

  /// The spec with every default, as resolved.yaml has it.
  package var resolvedText: String { Emitter.text(of: experiment.resolved) }

  /// Looks for the data and verifies them.
  package func checkData(_ options: RunOptions) throws(RunError) {
    _ = try experiment.load(from: options.data(forSpec: file.path), showsPlace: true, isBeginning: true)
  }
}
