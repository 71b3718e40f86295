import Files
import Foundation
import TestSupport
import Testing

/// Runs that begin with parameters from a file.
@Suite struct InitialWeightsTests {
  /// An average and statistics too; updates of 1e-30 change no parameter.
  private static func spec(learningRate: String = "1e-30", weights: String = "null", epochs: Int = 1) -> String {
    """
    name: small
    dataset: {gaussian_ring: {samples: 64}}
    latent: {dim: 3}
    generator: [dense: {units: 9}, batch_norm, relu, dense: {units: 2}]
    discriminator: [dense: {units: 8, activation: relu}, dense: {units: 1}]
    initial_weights: \(weights)
    optimizers:
      generator: {sgd: {learning_rate: \(learningRate)}}
      discriminator: {sgd: {learning_rate: \(learningRate)}}
    training: {batch_size: 64, epochs: \(epochs), generator_average: {decay: 0.5}}

    """
  }

  /// A file with names and shapes of the spec's networks, and values that no drawing gives, none of them 0, which any update moves.
  private static func file(_ names: [(String, [Int])]) -> Safetensors {
    Safetensors(
      tensors: names.enumerated().map { number, entry in
        let count = entry.1.reduce(1, *)
        return Safetensors.Tensor(
          name: entry.0, shape: entry.1, values: .float32((0..<count).map { Float(number + 1) + Float($0) / 64 }))
      })
  }

  private static let names: [(String, [Int])] = [
    ("generator.0.kernel", [3, 9]), ("generator.0.bias", [9]), ("generator.1.gamma", [9]), ("generator.1.beta", [9]),
    ("generator.1.moving_mean", [9]), ("generator.1.moving_variance", [9]), ("generator.3.kernel", [9, 2]),
    ("generator.3.bias", [2]), ("discriminator.0.kernel", [2, 8]), ("discriminator.0.bias", [8]),
    ("discriminator.1.kernel", [8, 1]), ("discriminator.1.bias", [1]),
  ]

  /// A folder with the spec and such a file.
  private static func scratch(
    _ weights: String, learningRate: String = "1e-30", epochs: Int = 1,
    rename: (String, [Int]) -> (String, [Int])? = { ($0, $1) }
  ) throws -> RunScratch {
    let scratch = try RunScratch(spec: spec(learningRate: learningRate, weights: weights, epochs: epochs))
    try file(names.compactMap { rename($0.0, $0.1) }).write(to: scratch.folder("net.safetensors"))
    return scratch
  }

  private static func trained(_ scratch: RunScratch) throws -> SafetensorsFile {
    let run = try scratch.gan("run", "small.yaml", "--quiet", "--threads", "1")
    try #require(run.status == 0, Comment(rawValue: run.errors))
    let name = try #require(try scratch.names(scratch.run() + "/checkpoints").last)
    return try SafetensorsFile(path: "\(scratch.run())/checkpoints/\(name)")
  }

  @Test func `parameters and their averages begin with the values of the file, whose digest is recorded`() throws {
    let scratch = try InitialWeightsTests.scratch("{path: net.safetensors}")
    let checkpoint = try InitialWeightsTests.trained(scratch)
    let file = try SafetensorsFile(path: scratch.folder("net.safetensors"))
    // Running statistics move whatever is learned.
    for (name, _) in InitialWeightsTests.names where !name.contains("moving") {
      #expect(try checkpoint.floats(name) == file.floats(name), "\(name)")
      guard name.hasPrefix("generator") else { continue }
      #expect(try checkpoint.floats("generator.average/\(name)") == file.floats(name), "\(name)")
    }
    let record = try String(contentsOfFile: scratch.run() + "/run.json", encoding: .utf8)
    let digest = Digest.sha256([UInt8](try Data(contentsOf: URL(fileURLWithPath: scratch.folder("net.safetensors")))))
    #expect(record.contains(digest))
    // The same run without a file is another.
    let drawn = try InitialWeightsTests.trained(InitialWeightsTests.scratch("null"))
    #expect(try drawn.floats("generator.0.kernel") != checkpoint.floats("generator.0.kernel"))
  }

  @Test func `names have a prefix and other beginnings, and what the file does not have keeps its drawn values`() throws
  {
    let scratch = try InitialWeightsTests.scratch(
      "{path: net.safetensors, prefix: 'model.', map: {generator: netG, generator.3.bias: odd, discriminator: null}}"
    ) { name, shape in
      guard name.hasPrefix("generator") else { return nil }
      return ("model." + (name == "generator.3.bias" ? "odd" : name.replacing("generator", with: "netG")), shape)
    }
    let checkpoint = try InitialWeightsTests.trained(scratch)
    let file = try SafetensorsFile(path: scratch.folder("net.safetensors"))
    #expect(try checkpoint.floats("generator.0.kernel") == file.floats("model.netG.0.kernel"))
    #expect(try checkpoint.floats("generator.3.bias") == file.floats("model.odd"))
    let drawn = try InitialWeightsTests.trained(InitialWeightsTests.scratch("null"))
    #expect(try checkpoint.floats("discriminator.0.kernel") == drawn.floats("discriminator.0.kernel"))
  }

  @Test func `a run begins with what another run exported for PyTorch, to the same bits`() throws {
    let scratch = try InitialWeightsTests.scratch("{path: net.safetensors}", learningRate: "0.01")
    _ = try InitialWeightsTests.trained(scratch)
    for (format, path) in [("torch", "torch"), ("safetensors", "own.safetensors")] {
      #expect(try scratch.gan("export", format, "small/001", "-o", path).status == 0)
    }
    let settings = ["{path: torch/parameters.safetensors, form: torch}", "{path: own.safetensors}"]
    for setting in settings {
      let run = try scratch.gan("run", "small.yaml", "--quiet", "--set", "initial_weights=\(setting)")
      #expect(run.status == 0, Comment(rawValue: run.errors))
    }
    #expect(try scratch.digest(scratch.run("002")) == scratch.digest(scratch.run("003")))
    #expect(try scratch.digest(scratch.run("001")) != scratch.digest(scratch.run("002")))
  }

  @Test func `what does not fit is said at its place`() throws {
    let cases: [(weights: String, errors: [String])] = [
      (
        "{path: nowhere.safetensors}",
        ["small.yaml:6:25: error: there is no file", "give a path relative to the spec, to the present folder"]
      ),
      (
        "{path: net.safetensors, prefix: g.}",
        [
          "small.yaml:6:25: error: net.safetensors has no tensor g.generator.0.kernel, the values of generator.0.kernel",
          "say its name with map: {generator.0.kernel: NAME}", "error: 9 more parameters are not in net.safetensors",
        ]
      ),
      (
        "{path: net.safetensors, map: {generator: [1]}}",
        ["small.yaml:6:59: error: map.generator must be a text or null"]
      ),
      (
        "{path: net.safetensors, map: {generator: \"\"}}",
        ["small.yaml:6:25: error: net.safetensors has no tensor 0.kernel, the values of generator.0.kernel"]
      ),
      (
        "{path: net.safetensors, map: {generator.7: a}}",
        ["small.yaml:6:48: error: no parameter's name begins with generator.7"]
      ),
      (
        "{path: net.safetensors, map: {generator.0.kernel: generator.3.kernel}}",
        [
          "small.yaml:6:25: error: generator.3.kernel in net.safetensors is [9, 2], but generator.0.kernel must be [3, 9]",
          "let the layer have that shape, or keep drawn values with map: {generator.0.kernel: null}",
        ]
      ),
    ]
    for (weights, errors) in cases {
      let scratch = try InitialWeightsTests.scratch(weights)
      let checked = try scratch.gan("check", "small.yaml")
      #expect(checked.status == 65)
      for error in errors { #expect(checked.errors.contains(error), Comment(rawValue: checked.errors)) }
    }
    let turned = try InitialWeightsTests.scratch("{path: net.safetensors}") { name, shape in
      (name, name.hasSuffix("kernel") ? shape.reversed() : shape)
    }
    let checked = try turned.gan("check", "small.yaml")
    #expect(checked.status == 65 && checked.errors.contains("use form: torch"), Comment(rawValue: checked.errors))
    let renamed = try InitialWeightsTests.scratch("{path: net.safetensors}") { name, shape in
      (name.replacing("kernel", with: "weight"), name.hasSuffix("kernel") ? shape.reversed() : shape)
    }
    let named = try renamed.gan("check", "small.yaml").errors
    #expect(named.contains("no tensor generator.0.kernel, the values of generator.0.kernel, but generator.0.weight"))
    #expect(named.contains("use form: torch"), Comment(rawValue: named))
  }

  @Test func `a run without a checkpoint begins anew with the same file or not at all`() throws {
    let spec = InitialWeightsTests.spec(learningRate: "0.01", weights: "{path: net.safetensors}", epochs: 20_000)
    let scratch = try RunScratch(spec: spec + "record: {checkpoint_every: 20000, samples_every: 20000}\n")
    let path = scratch.folder("net.safetensors")
    try InitialWeightsTests.file(InitialWeightsTests.names).write(to: path)
    let running = try scratch.start("run", "small.yaml", "--quiet", "--threads", "1")
    let metrics = URL(fileURLWithPath: scratch.run() + "/metrics.csv")
    while running.isRunning, ((try? Data(contentsOf: metrics))?.count ?? 0) < 400 { usleep(500) }
    running.signal(SIGKILL)
    _ = running.wait()
    let original = try Data(contentsOf: URL(fileURLWithPath: path))
    try InitialWeightsTests.file(InitialWeightsTests.names.reversed()).write(to: path)
    let refused = try scratch.gan("resume", "small", "--quiet")
    #expect(refused.status == 65)
    #expect(refused.errors.contains("does not have the parameters that the run began with"), "\(refused.errors)")
    try original.write(to: URL(fileURLWithPath: path))
    let short = try scratch.gan("resume", "small", "--quiet", "--epochs", "40")
    #expect(short.status == 0, Comment(rawValue: short.errors))
    let other = try scratch.gan("run", "small.yaml", "--quiet", "--set", "training.epochs=40")
    #expect(other.status == 0, Comment(rawValue: other.errors))
    #expect(try scratch.differences(scratch.run("001"), scratch.run("002")) == [])
  }
}
