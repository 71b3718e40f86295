import Foundation
import Specs
import TestSupport
import Testing
import Training

/// What `null` takes away from a parent, or from the file under an override.
struct InheritanceTests {
  private static let parent = """
    name: parent
    seed: 7
    dataset: {gaussian_ring: {modes: 3, samples: 1000}}
    latent: {dim: 5}
    generator: [dense: {units: 2, activation: {leaky_relu: {negative_slope: 0.5}}}]
    discriminator: [dense: {units: 1}]
    loss: {non_saturating: {label_smoothing: 0.2}}
    regularization: [r1, r2]
    optimizers: {generator: sgd, discriminator: {adam: {learning_rate: 1e-3, beta_1: 0.5}}}
    training: {batch_size: 16, epochs: 3, steps: 8, sampling: with_replacement, generator_average: {decay: 0.9}}
    record: {metrics_every: 5}

    """

  /// A spec as a run would have it, merged and with every default.
  private func resolved(_ text: String, overrides: [String] = []) throws -> Node {
    let folder = try TemporaryFolder()
    try folder.put(InheritanceTests.parent, into: "parent.yaml")
    try folder.put("extends: parent.yaml\n" + text, into: "child.yaml")
    let arguments = ["check", "--resolved", "child.yaml"] + overrides.flatMap { ["--set", $0] }
    let result = try Program.run(arguments, in: folder.path)
    try #require(result.status == 0, Comment(rawValue: result.errors))
    #expect(result.errors == "")
    let diagnostics = Diagnostics()
    return try #require(Parser.parse(bytes: Array(result.output.utf8), name: "x", diagnostics: diagnostics))
  }

  @Test(arguments: [
    ("seed", "42"), ("latent.dim", "100"), ("loss", "{non_saturating: {label_smoothing: 0.0"), ("regularization", "[]"),
    ("optimizers.generator", "{adam: {learning_rate: 0.001, beta_1: 0.9"),
    ("optimizers.discriminator.adam.beta_1", "0.9"), ("optimizers.discriminator.adam.learning_rate", "0.001"),
    ("dataset.gaussian_ring.modes", "8"), ("training.batch_size", "128"), ("training.steps", "null"),
    ("training.sampling", "shuffle"), ("training.generator_average", "null"), ("record.metrics_every", "50"),
    ("record", "{metrics_every: 50"), ("name", "child"),
  ])
  func `null leaves the default in place of what was inherited`(path: String, value: String) throws {
    let keys = path.split(separator: ".").map(String.init)
    let text = keys.reversed().reduce("null") { inner, key in inner == "null" ? "{\(key): null}" : "{\(key): \(inner)}"
    }
    let line = String(text.dropFirst().dropLast()) + "\n"
    for node in [try resolved(line), try resolved("name: child\n", overrides: ["\(path)=null"])] {
      let found = try #require(keys.reduce(Optional(node)) { $0?[$1] })
      #expect(Emitter.flowText(of: found).hasPrefix(value), "\(Emitter.flowText(of: found))")
    }
  }

  @Test func `a classifier leaves the networks of a GAN that it extends, and what only GANs have`() throws {
    let text = """
      network: [dense: {units: 3}]
      generator: null
      discriminator: null
      latent: null
      loss: null
      regularization: null
      optimizers: null
      training: {sampling: null, generator_average: null}

      """
    let node = try resolved(text)
    #expect(node["generator"] == nil && node["latent"] == nil && node["optimizers"] == nil)
    #expect(node["loss"]?["cross_entropy"] != nil)
    #expect(node["training"]?["batch_size"]?.text == "16")
  }

  @Test func `a field that no parent has is unknown, null or not`() throws {
    let folder = try TemporaryFolder()
    try folder.put(InheritanceTests.parent + "lable: null\n", into: "a.yaml")
    let result = try Program.run(["check", "a.yaml"], in: folder.path)
    #expect(result.status == 65)
    #expect(result.errors.contains("a spec has no field \"lable\""))
  }
}
