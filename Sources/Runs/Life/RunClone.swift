import Files
import Host
import Specs
import Training

/// The spec of a run, to be trained anew with changes.
package struct RunClone {
  /// The spec with the changes.
  package let spec: LoadedSpec
  /// What a new run of it is told.
  package let options: RunOptions
  /// Where the specs differ, the run's own first.
  package let changes: [ResolvedSpec.Difference]
  /// Whether the spec is resolved.yaml, since spec.yaml alone does not say the same any more.
  package let isResolved: Bool

  /// Reads the spec of a run.
  ///
  /// It is spec.yaml with what the command line changed then: defaults that follow from what is changed now follow it. Where that
  /// is not what resolved.yaml says, as of a spec that extends another, it is resolved.yaml.
  /// - Parameter options: the changes, and what else the new run is told.
  package init(of folder: RunFolder, options wanted: RunOptions) throws(RunError) {
    try folder.requireRun()
    let record: RunRecord
    let resolved: Node
    do throws(FileError) {
      record = try RunRecord(path: folder.record)
      let text = String(decoding: try DurableFile.read(folder.resolved), as: UTF8.self)
      guard let node = ResolvedSpec.parse(text, name: folder.resolved) else {
        throw FileError(path: folder.resolved, damaged: "it is no spec")
      }
      resolved =
        ResolvedSpec.anew(
          text, name: folder.resolved, survey: record.data.survey, validation: record.validation?.survey)
        ?? node
    } catch { throw RunError(error) }
    var options = wanted
    options.specFolder = record.data.specFolder
    options.name = record.name
    options.data.isOfRun = true
    var own = options
    own.overrides = record.overrides ?? []
    own.seed = nil
    let machine = Machine.current()
    let loaded = try? LoadedSpec(path: folder.spec, options: own, machine: machine)
    // A run may have been told to go on further than its spec says.
    isResolved = loaded.map { RunClone.lasting($0.experiment.resolved) != RunClone.lasting(resolved) } ?? true
    if !isResolved {
      // What a seed on the command line was then, one of now takes the place of.
      let kept = (record.overrides ?? []).filter { wanted.seed == nil || !$0.hasPrefix("seed=") }
      options.overrides = kept + RunClone.length(resolved, loaded?.experiment.resolved) + wanted.overrides
    }
    spec = try LoadedSpec(path: isResolved ? folder.resolved : folder.spec, options: options, machine: machine)
    self.options = options
    changes = ResolvedSpec.differences([resolved, spec.experiment.resolved])
  }

  private static func lasting(_ node: Node) -> String { ResolvedSpec.lasting(node) }

  /// The change that makes a spec as long as the run has become.
  private static func length(_ resolved: Node, _ loaded: Node?) -> [String] {
    guard let epochs = resolved["training"]?["epochs"]?.text, epochs != loaded?["training"]?["epochs"]?.text else {
      return []
    }
    return ["training.epochs=\(epochs)"]
  }
}
