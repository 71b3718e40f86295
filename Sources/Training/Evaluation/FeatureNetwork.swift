import Compute
import Datasets
import Files
import Networks
import Specs

/// A trained network of which the outputs of one layer serve as features, and those of the last as logits of classes where it is a
/// classifier.
///
/// A network of gray images looks at each channel of images of several. The features of an image are then those of its channels, one
/// after the other; its class is the number whose digits, of as many values as the network has classes, are the classes of the
/// channels, the first one foremost, and its logit is the sum of theirs.
package final class FeatureNetwork: Sendable {
  /// What columns are called for it.
  package let name: String
  /// The SHA-256 of its file.
  package let digest: String
  /// The shape of what it takes: a sample, or a channel of one.
  let inputShape: Shape
  /// How many channels of a sample it looks at one after the other; 1 where it takes samples whole.
  let views: Int
  /// The values that its samples lie between; nil for any.
  let bounds: ClosedRange<Float>?
  /// The classes it tells apart; nil where its last layer makes features.
  let classes: Int?
  /// Samples that it looks at together, at most a judge's batch.
  let batch: Int
  /// Bytes of its parameters, as they were read and as they are used, and of the values within it while it looks at a batch.
  let bytes: Int
  private let file: FeatureFile
  private let network: Network
  private let layer: Int
  private let layout: StateLayout
  private let values: [(variable: Variable, values: [Float])]

  /// The metadata of a file of features.
  private enum Key {
    static let spec = "spec"
    static let layer = "features.layer"
    static let shape = "features.input_shape"
    static let bounds = "features.bounds"
  }

  /// Reads a network that a spec names.
  /// - Parameter sampleShape: of samples, where the file does not say what it takes.
  /// - Throws: `RunError` where files are missing or damaged, or do not fit each other.
  package init(_ source: any FeatureSource, _ file: FeatureFile, in location: DataLocation, sampleShape: [Int])
    throws(RunError)
  {
    let path = try FeatureNetwork.path(of: file, in: location)
    let tensors: SafetensorsFile
    do throws(FileError) {
      tensors = try SafetensorsFile(path: path)
      digest = Digest.sha256(try DurableFile.read(path))
    } catch { throw RunError(error) }
    if let known = file.shipped?.digest, digest != known {
      throw RunError(
        "\(path) is not the feature network \(source.label ?? "") (SHA-256 \(digest.prefix(12))..., not "
          + "\(known.prefix(12))...)", remedy: "it comes with gan-exp: remove the file, or install that again",
        exitCode: 65)
    }
    func damaged(_ problem: String) -> RunError { RunError(FileError(path: path, damaged: problem)) }
    name = source.label ?? ""
    let metadata = tensors.metadata
    inputShape = Shape(FeatureNetwork.numbers(metadata[Key.shape]) ?? sampleShape)
    views = FeatureNetwork.views(of: sampleShape, by: inputShape)
    let limits = metadata[Key.bounds]?.split(separator: ",").compactMap { Float($0) } ?? [-1, 1]
    bounds = limits.count == 2 && limits[0] < limits[1] ? limits[0]...limits[1] : nil
    let diagnostics = Diagnostics()
    guard let root = try FeatureNetwork.spec(file, metadata[Key.spec], path: path, in: location, diagnostics) else {
      throw diagnostics.hasErrors
        ? RunError(diagnostics)
        : RunError(
          "\(path) does not say which network it has", remedy: "give the spec whose network it is: spec: net.yaml",
          exitCode: 65)
    }
    var fields = Fields(root, of: "a spec", diagnostics: diagnostics)
    var layout = StateLayout()
    guard let layers = fields.stack(.network, "the layers", example: "[flatten]"),
      let network = Network(
        name: "network", layers: layers, inputShape: inputShape, firstTag: 1, layout: &layout, diagnostics: diagnostics)
    else { throw RunError(diagnostics) }
    guard let layer = file.layer ?? metadata[Key.layer].flatMap({ Int($0) }), network.rows.indices.contains(layer)
    else {
      throw RunError(
        "\(path): the network has the layers 0 to \(network.rows.count - 1)", remedy: "give one of them as layer",
        exitCode: 65)
    }
    (self.file, self.network, self.layer, self.layout) = (file, network, layer, layout)
    let own = layer < network.rows.count - 1 && network.outputShape.rank == 1 ? network.outputShape.count : nil
    classes = if let own { FeatureNetwork.joint(own, views) } else { nil }
    let whole = FeatureNetwork.plan(network, layer: layer, isClassifier: classes != nil, count: Judge.batch).plan
    batch = max(1, min(Judge.batch, Judge.batch * FeatureNetwork.mostBytes / max(1, whole.arenaBytes)))
    let arena =
      batch == Judge.batch
      ? whole.arenaBytes
      : FeatureNetwork.plan(network, layer: layer, isClassifier: classes != nil, count: batch).plan.arenaBytes
    bytes = 2 * MemoryLayout<Float>.stride * layout.count + arena
    var values: [(variable: Variable, values: [Float])] = []
    for variable in network.parameters.map(\.variable) + network.statistics.map(\.variable) {
      let names = ["network.average/\(variable.name)", variable.name]
      var found: [Float]?
      for name in names where found == nil {
        do throws(FileError) { found = try tensors.floats(name) } catch { throw RunError(error) }
      }
      guard let found else { throw damaged("it has no tensor \(variable.name)") }
      guard let shape = names.lazy.compactMap(tensors.shape(of:)).first, shape == variable.shape.axes else {
        let shape = names.lazy.compactMap(tensors.shape(of:)).first ?? []
        throw damaged("\(variable.name) has the shape \(Shape(shape)), but the network's has \(variable.shape)")
      }
      values.append((variable, found))
    }
    self.values = values
  }

  private static func path(of file: FeatureFile, in location: DataLocation) throws(RunError) -> String {
    do throws(DataError) {
      guard let shipped = file.shipped else {
        return try location.path(of: file.weights, isFolder: false, at: "weights")
      }
      return try location.path(
        of: "\(shipped.name).safetensors", in: ["features"], title: "the feature network \(shipped.name)",
        remedy: "it comes with gan-exp: install that again")
    } catch { throw RunError(error) }
  }

  private static func spec(
    _ file: FeatureFile, _ own: String?, path: String, in location: DataLocation, _ diagnostics: Diagnostics
  ) throws(RunError) -> Node? {
    guard let given = file.spec else {
      return own.flatMap { SpecFile(path: path, bytes: [UInt8]($0.utf8), diagnostics: diagnostics).root }
    }
    do {
      let path = try location.path(of: given, isFolder: false, at: "spec")
      return try SpecFile(path: path, diagnostics: diagnostics).root
    } catch { throw RunError(of: error) }
  }

  private static func numbers(_ text: String?) -> [Int]? {
    guard let numbers = text?.split(separator: ",").map({ Int($0) }), numbers.allSatisfy({ $0 ?? 0 > 0 }) else {
      return nil
    }
    return numbers.compactMap { $0 }
  }

  /// The classes of data among those that it tells apart; nil where these are others.
  func classNumbers(of dataset: SurveyedDataset) -> ClassNumbers? {
    classes.flatMap { file.classNumbers(of: dataset, count: $0) }
  }

  /// How many channels of samples a network looks at one after the other that takes images of one channel.
  static func views(of sampleShape: [Int], by inputShape: Shape) -> Int {
    guard sampleShape.count == 3, inputShape == Shape(sampleShape.prefix(2) + [1]) else { return 1 }
    return sampleShape[2]
  }

  /// The classes of so many channels together; nil where they are too many to be told apart.
  static func joint(_ classes: Int, _ views: Int) -> Int? {
    let count = (0..<views).reduce(1) { product, _ in product > mostClasses ? product : product * classes }
    return count <= mostClasses || views == 1 ? count : nil
  }

  private static let mostClasses = 10_000

  /// The number of features of a sample.
  package var featureCount: Int { views * network.rows[layer].output.count }

  /// The most bytes of values within it, where it looks at more than one sample.
  private static let mostBytes = 1 << 28

  /// What computes the features of `count` samples, and the logits of a classifier.
  private static func plan(
    _ network: Network, layer: Int, isClassifier: Bool, count: Int
  ) -> (plan: Plan, features: VertexNumber, logits: VertexNumber?) {
    let graph = GraphBuilder()
    let outputs = network.outputs(
      graph.input("samples", Shape([count] + network.inputShape.axes)), mode: .inference,
      layers: isClassifier ? nil : layer + 1)
    let wanted = [outputs[layer]] + (isClassifier ? [outputs[outputs.count - 1]] : [])
    return (Plan(graph, outputs: wanted), wanted[0].number, isClassifier ? wanted[1].number : nil)
  }

  /// What makes features of a batch of samples at a time.
  package func extractor(pool: ThreadPool) throws(PlanError) -> Extractor { try Extractor(self, pool: pool) }

  /// Makes features of batches of samples.
  package final class Extractor {
    /// Samples in a batch.
    package let count: Int
    private let views: Int
    private let session: Session
    private let input: Buffer
    private let features: VertexNumber
    private let logits: VertexNumber?

    fileprivate init(_ network: FeatureNetwork, pool: ThreadPool) throws(PlanError) {
      (count, views) = (network.batch, network.views)
      let state = try State(layout: network.layout)
      for (variable, values) in network.values { state.buffer(variable).write(values) }
      let made = FeatureNetwork.plan(
        network.network, layer: network.layer, isClassifier: network.classes != nil, count: count)
      (features, logits) = (made.features, made.logits)
      session = try Session(made.plan, state: state, pool: pool)
      guard let input = session.input("samples") else { preconditionFailure("features that do not depend on samples") }
      self.input = input
    }

    /// The features of a batch, and its logits where there are some, both row-major.
    package func callAsFunction(_ samples: [Float]) -> (features: [Float], logits: [Float]?) {
      guard views > 1 else { return look(at: samples) }
      let seen = (0..<views).map { channel in
        look(at: stride(from: channel, to: samples.count, by: views).map { samples[$0] })
      }
      let width = seen[0].features.count / count
      let features = (0..<count).flatMap { sample in
        seen.flatMap { $0.features[(sample * width)..<((sample + 1) * width)] }
      }
      return (features, joint(seen.compactMap(\.logits)))
    }

    private func look(at samples: [Float]) -> (features: [Float], logits: [Float]?) {
      input.write(samples)
      session.run(step: 0)
      return (session.buffer(features).values, logits.map { session.buffer($0).values })
    }

    /// The sums of one logit of each channel, the last channel's changing fastest.
    private func joint(_ logits: [[Float]]) -> [Float]? {
      guard let first = logits.first else { return nil }
      let classes = first.count / count
      return (0..<count).flatMap { sample in
        logits.reduce([Float(0)]) { sums, own in
          let row = own[(sample * classes)..<((sample + 1) * classes)]
          return sums.flatMap { sum in row.map { sum + $0 } }
        }
      }
    }
  }
}

extension FeatureNetwork {
  /// Writes a classifier's parameters, or their average where it keeps one, as a network of features.
  /// - Parameters:
  ///   - layer: the number of the layer whose output the features are, from 0.
  package static func export(
    _ experiment: Experiment, state: State, layer: Int, to path: String
  ) throws(RunError) {
    guard let task = experiment.task as? Supervised else {
      throw RunError(
        "\(experiment.name) has no network, whose layers could make features", remedy: "give the run of a classifier",
        exitCode: 65)
    }
    guard task.network.rows.indices.contains(layer) else {
      throw RunError(
        "the network has the layers 0 to \(task.network.rows.count - 1)", remedy: "give one of them", exitCode: 64)
    }
    let parameters = task.network.parameters.map { parameter in
      Safetensors.Tensor(
        name: parameter.variable.name, shape: parameter.variable.shape.axes,
        values: .float32(
          (task.average?.values(of: parameter.variable, in: state) ?? state.buffer(parameter.variable)).values))
    }
    let statistics = task.network.statistics.map { statistic in
      Safetensors.Tensor(
        name: statistic.variable.name, shape: statistic.variable.shape.axes,
        values: .float32(state.buffer(statistic.variable).values))
    }
    let network = Node(
      .mapping([(key: Node.string("network"), value: experiment.resolved["network"] ?? .null)]), mark: .nowhere)
    var metadata = [
      Key.spec: Emitter.text(of: network), Key.layer: String(layer),
      Key.shape: task.sampleShape.axes.map(String.init).joined(separator: ","),
    ]
    if let bounds = experiment.dataset.bounds { metadata[Key.bounds] = "\(bounds.lowerBound),\(bounds.upperBound)" }
    do throws(FileError) {
      try Safetensors(metadata: metadata, tensors: parameters + statistics).write(to: path)
    } catch { throw RunError(error) }
  }
}
