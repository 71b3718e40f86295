import Compute
import Datasets
import Files
import Foundation
import Networks
import Reports
import Runs
import TestSupport
import Testing
import Training

/// What `export` writes, as far as no other program is needed to read it; `make test-interop` has those.
@Suite struct ExportTests {
  /// Classes, codes, an average, a spectral norm, and a sigmoid that is the loss's.
  private static let spec = """
    name: small
    dataset: {mnist: {subset: 64}}
    latent: {dim: 4, distribution: uniform, codes: {categorical: [3], continuous: 1}}
    generator: [dense: {units: 8, activation: relu}, dense: {units: 784, activation: tanh}, reshape: {shape: [28, 28, 1]}]
    discriminator:
      - flatten
      - spectral_norm: {layer: {dense: {units: 5, activation: sigmoid}}}
    training: {batch_size: 32, epochs: 1, generator_average: {decay: 0.5}}

    """

  /// A run of the spec.
  private static func trained() throws -> RunScratch {
    let scratch = try RunScratch(spec: spec)
    let run = try scratch.gan("run", "small.yaml", "--quiet", "--threads", "1")
    try #require(run.status == 0, Comment(rawValue: run.errors))
    return scratch
  }

  @Test func `parameters have the names and values of the checkpoint, the averages where these are kept`() throws {
    let scratch = try ExportTests.trained()
    let said = try scratch.gan("export", "safetensors", "small", "-o", "own.safetensors")
    #expect(said.output == "own.safetensors\n")
    #expect(said.errors == "generator and discriminator of small/001, step 2\n")
    let checkpoint = try SafetensorsFile(path: scratch.run() + "/checkpoints/step-000002.safetensors")
    let exported = try SafetensorsFile(path: scratch.folder("own.safetensors"))
    #expect(
      exported.tensors.map(\.name).sorted() == [
        "discriminator.1.bias", "discriminator.1.kernel", "discriminator.1.u", "generator.0.bias", "generator.0.kernel",
        "generator.1.bias", "generator.1.kernel",
      ])
    for name in exported.tensors.map(\.name) {
      let source = name.hasPrefix("generator") ? "generator.average/\(name)" : name
      #expect(try exported.floats(name) == checkpoint.floats(source), "\(name)")
    }
    #expect(exported.metadata["run"] == "small/001" && exported.metadata["step"] == "2")
    let torch = try scratch.gan("export", "torch", "small", "--network", "generator", "-o", "out/torch")
    #expect(torch.status == 0, Comment(rawValue: torch.errors))
    let turned = try SafetensorsFile(path: scratch.folder("out/torch/parameters.safetensors"))
    #expect(turned.shape(of: "generator.0.weight") == [8, 8] && turned.tensors.count == 4)
    let own = try #require(try exported.floats("generator.1.kernel"))
    let other = try #require(try turned.floats("generator.1.weight"))
    #expect(turned.shape(of: "generator.1.weight") == [784, 8] && other[3 * 8 + 5] == own[5 * 784 + 3])
  }

  @Test func `a script has the layers without the sigmoid that is the loss's, and the codes`() throws {
    let scratch = try ExportTests.trained()
    #expect(try scratch.gan("export", "keras", "small", "-o", "keras").status == 0)
    let text = try String(contentsOfFile: scratch.folder("keras/networks.py"), encoding: .utf8)
    let lines = [
      #""latent": {"dim": 4, "distribution": "uniform", "categorical": [3], "continuous": 1},"#,
      #"{"spectral_norm": {"layer": {"dense": {"units": 5, "activation": "linear", "use_bias": True}}, "power_iterations": 1}},"#,
      #""output": "scores","#, #""shape": [8],"#, #""classes": None,"#,
    ]
    for line in lines { #expect(text.contains(line), Comment(rawValue: line)) }
    #expect(text.hasPrefix("\"\"\"small/001, step 2: networks in Keras, written by gan-exp "))
    #expect(!text.contains("_initializer") && !text.contains("ABOUT"))
  }

  @Test func `examples are what the network makes of their inputs`() throws {
    let scratch = try ExportTests.trained()
    let run = try scratch.gan(
      "export", "npz", "small", "-o", "own.npz", "--examples", "examples")
    #expect(run.status == 0, Comment(rawValue: run.errors))
    #expect(try scratch.names(scratch.folder("examples")) == ["discriminator.npz", "generator.npz"])
    // The archive is stored without packing: names and shapes are in its bytes.
    let bytes = try Data(contentsOf: URL(fileURLWithPath: scratch.folder("examples/generator.npz")))
    for text in ["latent.npy", "samples.npy", "'shape': (16, 8)", "'shape': (16, 28, 28, 1)"] {
      #expect(bytes.range(of: Data(text.utf8)) != nil, Comment(rawValue: text))
    }
  }

  @Test(
    arguments: [
      (
        ["onnx", "small", "--network", "genrator", "-o", "a.onnx"], 64,
        "gan-exp: error: Runs/small/001 has no network genrator\n         did you mean generator?\n"
      ),
      (
        ["npz", "small", "--checkpoint", "7", "-o", "a.npz"], 66,
        "gan-exp: error: there is no checkpoint of step 7\n         there are: 2\n"
      ),
      (["npz", "small", "-o", "nowhere/a.npz"], 73, "gan-exp: error: nowhere/a.npz: cannot create it"),
    ] as [([String], Int32, String)])
  func `what cannot be exported is said`(words: [String], status: Int32, text: String) throws {
    let scratch = try ExportTests.trained()
    let result = try scratch.gan(["export"] + words)
    #expect(result.status == status)
    #expect(result.errors.hasPrefix(text), Comment(rawValue: result.errors))
  }

  @Test func `a folder takes one run's export in one form, which may be made again`() throws {
    let scratch = try ExportTests.trained()
    for (words, status) in [
      (["torch", "small", "-o", "a"], Int32(0)), (["torch", "small", "-o", "a"], 0),
      (["keras", "small", "-o", "a"], 73),
      (["hf", "small", "-o", "a"], 73), (["tensorboard", "small", "-o", "a"], 0), (["hf", "small", "-o", "b"], 0),
      (["torch", "small", "-o", "b"], 73), (["torch", "small", "-o", "small.yaml"], 73),
    ] {
      let result = try scratch.gan(["export"] + words)
      #expect(result.status == status, "\(words): \(result.errors)")
      if status == 73 { #expect(result.errors.contains("give a"), Comment(rawValue: result.errors)) }
    }
    try #require(try scratch.gan("run", "small.yaml", "--quiet", "--set", "training.steps=1").status == 0)
    for form in ["torch", "tensorboard"] {
      let other = try scratch.gan("export", form, "small/002", "-o", "a")
      #expect(other.status == 73 && other.errors.contains("is of another run"), Comment(rawValue: other.errors))
    }
  }

  @Test func `a card of a discriminator alone is no classifier's, and says nothing of samples`() throws {
    let scratch = try ExportTests.trained()
    let exported = try scratch.gan("export", "hf", "small", "--network", "discriminator", "-o", "judge")
    try #require(exported.status == 0, Comment(rawValue: exported.errors))
    let card = try scratch.folder.text(of: "judge/README.md")
    #expect(card.contains("tags: [gan-exp, gan]") && !card.contains("classif") && !card.contains("How good"), "\(card)")
  }

  @Test func `every layer is in the spec that the readers of exports are given, and becomes ONNX`() throws {
    let text = try String(contentsOfFile: "Tests/Interop/layers.yaml", encoding: .utf8)
    for layer in LayerCatalog.types {
      let isThere = text.contains(try Regex(#"[\s\[{]"# + layer.name + #"[:\s,\]}]"#))
      #expect(isThere || ["sigmoid", "tanh", "selu", "softplus", "leaky_relu"].contains(layer.name), "\(layer.name)")
    }
    let scratch = try RunScratch(spec: text)
    let run = try scratch.gan("run", "small.yaml", "--quiet", "--threads", "1", "--set", "training.steps=1")
    try #require(run.status == 0, Comment(rawValue: run.errors))
    for network in ["generator", "discriminator"] {
      let export = try scratch.gan("export", "onnx", "layers", "--network", network, "-o", "\(network).onnx")
      #expect(export.status == 0, Comment(rawValue: export.errors))
      let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: scratch.folder("\(network).onnx"))))
      let model = try #require(ProtobufFields(bytes))
      #expect(model.integer(1) == 8 && model.bytes(2) == Array("gan-exp".utf8))
      let graph = try #require(model.bytes(7).flatMap { ProtobufFields($0) })
      #expect(graph.fields.filter { $0.number == 1 }.count > 50)
      // Latent values or samples, and classes.
      #expect(graph.fields.filter { $0.number == 11 }.count == 2)
    }
  }
}
