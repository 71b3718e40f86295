import Compute
import Foundation
import Networks
import Specs
import TestSupport
import Testing
import Training

/// The network of Fréchet inception distances, Documentation/inception.yaml.
@Suite(.serialized) struct InceptionTests {
  private static let page = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Documentation/inception.yaml").standardizedFileURL.path
  /// Where Tests/Benchmarks/inception.py wrote; nil where only the layers are looked at.
  private static let folder = ProcessInfo.processInfo.environment["GAN_EXP_INCEPTION"]

  @Test(arguments: [[28, 28, 1], [32, 32, 3], [400, 310, 3]])
  func `pictures of any size, gray or of three channels, have 2048 features and 1008 logits`(shape: [Int]) throws {
    let diagnostics = Diagnostics()
    let file = try SpecFile(path: InceptionTests.page, diagnostics: diagnostics)
    var fields = Fields(try #require(file.root), of: "a spec", diagnostics: diagnostics)
    let layers = fields.items("network", of: LayerCatalog.all, count: 1...200, "the layers")
    var layout = StateLayout()
    let made = Network(
      name: "network", layers: layers, inputShape: Shape(shape), firstTag: 1, layout: &layout, diagnostics: diagnostics)
    let network = try #require(made, Comment(rawValue: DiagnosticRenderer(color: false).render(diagnostics)))
    #expect(network.rows[2].output == [299, 299, 3])
    #expect([3, 6, 9, 12, 17, 20].map { network.rows[$0].output[0] } == [149, 73, 35, 35, 17, 8])
    #expect(network.rows[21].output == [2048] && network.outputShape == [1008])
    // 94 convolutions with their biases, and the kernel of the logits.
    #expect(network.parameters.count == 189 && network.statistics.isEmpty)
  }

  @Test(
    .enabled(if: folder != nil),
    arguments: [("gray", [28, 28, 1]), ("color", [40, 56, 3]), ("large", [310, 350, 3])])
  func `features are those of torch-fidelity`(name: String, shape: [Int]) throws {
    let folder = try #require(InceptionTests.folder)
    let spec = """
      name: inception
      dataset: {image_folder: {path: \(folder)/\(name), size: [\(shape[0]), \(shape[1])], channels: \(shape[2] == 1 ? "gray" : "rgb")}}
      latent: {dim: 1}
      generator: [dense: {units: \(shape.reduce(1, *))}, reshape: {shape: \(shape)}, tanh]
      discriminator: [flatten, dense: {units: 1}]
      training: {batch_size: 2, epochs: 1}
      evaluation:
        features: {network: {spec: \(InceptionTests.page), weights: \(folder)/inception.safetensors, layer: 21}}
        samples: 6
        metrics: [frechet_distance]
        at_end: {samples: 6, metrics: [frechet_distance]}
      """
    let diagnostics = Diagnostics()
    let file = SpecFile(path: "inception.yaml", bytes: [UInt8](spec.utf8), diagnostics: diagnostics)
    let location = RunOptions().data(forSpec: "inception.yaml")
    let made = Experiment(
      try #require(file.root), fallbackName: name, data: .looking(location), diagnostics: diagnostics)
    let experiment = try #require(made, Comment(rawValue: DiagnosticRenderer(color: false).render(diagnostics)))
    let data = try experiment.load(from: location)
    let network = try #require(data.features)
    let bytes = try Data(contentsOf: URL(filePath: "\(folder)/\(name).f32"))
    let expected = bytes.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
    #expect(expected.count == data.table.count * 2048)
    let pool = ThreadPool(threads: ProcessInfo.processInfo.activeProcessorCount)
    defer { pool.close() }
    let extractor = try network.extractor(pool: pool)
    // Twice where a batch is larger than the folder.
    let samples = (0..<extractor.count).flatMap { data.table.sample($0 % data.table.count) }
    let clock = ContinuousClock()
    var found: [Float] = []
    let elapsed = clock.measure { found = extractor(samples).features }
    var (largest, difference) = (Float(0), Float(0))
    for (one, other) in zip(found, expected) {
      largest = max(largest, abs(other))
      difference = max(difference, abs(one - other) / max(abs(other), 0.1))
    }
    print(
      "\(name): features up to \(largest), apart by \(difference) of them at most; \(extractor.count) pictures at a time,"
        + " \(Double(extractor.count) / (elapsed / .seconds(1))) a second")
    #expect(difference < 1e-4)
  }
}
