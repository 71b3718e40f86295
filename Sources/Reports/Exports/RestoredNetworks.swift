import Compute
import Host
import Runs
import Specs
import SystemPackage
import Training

/// A run's networks with the parameters of a checkpoint.
package struct RestoredNetworks {
  /// The run.
  package let folder: RunFolder
  /// The networks that were asked for, in the order in which tables show them.
  package let networks: [PortableNetwork]
  /// The step of the checkpoint.
  package var step: Int { source.checkpoint.step }
  let source: SampleSource
  let state: State

  /// Restores them.
  /// - Parameter names: which are wanted; nothing for all.
  /// - Throws: `RunError` where the folder is no run's (66), has no such checkpoint (66), or no such network (64).
  package init(
    _ folder: RunFolder, at place: CheckpointChoice, named names: [String], notes: (String) -> Void
  ) throws(RunError) {
    do {
      source = try SampleSource(folder, at: place, notes: notes)
      self.folder = folder
      let all = source.experiment.task.portableNetworks
      if let unknown = names.first(where: { name in !all.contains { $0.name == name } }) {
        let known = all.map(\.name)
        throw RunError(
          "\(folder.path) has no network \(unknown)",
          remedy: Suggestion.nearest(to: unknown, among: known).map { "did you mean \($0)?" }
            ?? "there is \(known.joined(separator: " and "))", exitCode: 64)
      }
      networks = all.filter { names.isEmpty || names.contains($0.name) }
      state = try State(layout: source.experiment.layout)
      try source.checkpoint.restore(state, path: source.path)
    } catch { throw RunError(of: error) }
  }

  /// The last two parts of the run's path, `mlp-mnist/001`.
  package var runName: String { FilePath(root: nil, FilePath(folder.path).components.suffix(2)).string }

  /// The values of a variable.
  func values(of variable: Variable) -> [Float] { state.buffer(variable).values }

  /// The layers of a network as the spec has them with every default.
  func layers(of network: PortableNetwork) -> Node { source.experiment.resolved[network.name] ?? .null }

  /// What a file of some networks says of where they come from.
  func metadata(of networks: [PortableNetwork]) -> [(String, String)] {
    [
      ("run", runName), ("step", String(step)), ("experiment", source.experiment.name),
      ("networks", networks.map { $0.isAveraged ? "\($0.name) (averaged)" : $0.name }.joined(separator: ", ")),
    ]
  }

  /// Batches with what each network makes of them, as files NETWORK.npz with arrays of the inputs' and outputs' names.
  package func examples() throws(RunError) -> [ExportedFile] {
    let pool = ThreadPool(threads: Machine.current().defaultThreads)
    defer { pool.close() }
    var files: [ExportedFile] = []
    for network in networks {
      let unit = network.network.batchUnit
      let count = (RestoredNetworks.exampleCount + unit - 1) / unit * unit
      do {
        let example = try network.example(count: count, seed: source.experiment.seed, state: state, pool: pool)
        let (before, after) = (network.network.inputShape, network.network.outputShape)
        var arrays = [(network.input, NamedArray.Values.floats(example.inputs), [count] + before.axes)]
        if let labels = example.labels { arrays.append((PortableNetwork.labels, .integers(labels), [count])) }
        arrays.append((network.output, .floats(example.outputs), [count] + after.axes))
        let named = arrays.map { NamedArray(name: $0.0, shape: $0.2, values: $0.1) }
        files.append(ExportedFile("\(network.name).npz", .bytes(try NamedArray.npz(named))))
      } catch { throw RunError(of: error) }
    }
    return files
  }

  /// Samples of a batch of examples, at least.
  private static let exampleCount = 16
}
