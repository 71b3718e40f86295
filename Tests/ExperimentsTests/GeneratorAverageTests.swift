import Files
import Testing

/// The moving average of the generator's parameters, against its formula in Double.
@Suite struct GeneratorAverageTests {
  private struct Case: Sendable, CustomStringConvertible {
    let fields: String
    var training = ""
    /// The share of the average that stays after a step.
    let decay: @Sendable (_ step: Int) -> Double
    var description: String { training + fields }
  }

  private static let cases = [
    Case(fields: "{decay: 0.75}") { _ in 0.75 },
    Case(fields: "{decay: 0.5, start: 3}") { $0 <= 3 ? 0 : 0.5 },
    // Half of it is new after 32 images, of which a step makes 64.
    Case(fields: "{half_life: 32}") { _ in 0.25 },
    Case(fields: "{half_life: 384}", training: "generator_steps: 3, ") { _ in 0.5.squareRoot() },
    Case(fields: "{half_life: 128}", training: "generator_steps: 2, packing: 2, batch_size: 32, ") { _ in 0.5 },
  ]

  /// A step an epoch, each with its checkpoint.
  private static func spec(_ average: Case, learningRate: Double = 0.05) -> String {
    """
    name: small
    dataset: {gaussian_ring: {samples: 64}}
    latent: {dim: 3}
    generator: [dense: {units: 9}, batch_norm, relu, dense: {units: 2}]
    discriminator: [dense: {units: 8, activation: relu}, dense: {units: 1}]
    optimizers: {generator: {adam: {learning_rate: \(learningRate)}}}
    training: {\(average.training)\(average.training.contains("batch_size") ? "" : "batch_size: 64, ")steps: 6, epochs: 6, generator_average: \(average.fields)}
    record: {sample_count: 4, checkpoints_kept: 100}

    """
  }

  @Test(arguments: cases) private func `the average moves by its formula`(average: Case) throws {
    let made = try checkpoints(GeneratorAverageTests.spec(average))
    #expect(made.count == 6)
    // What the average begins with is in no checkpoint: it is what a run begins with that learns nothing.
    let idle = try checkpoints(GeneratorAverageTests.spec(average, learningRate: 1e-30))
    var exact = try #require(idle.first)
    for (number, values) in made.enumerated() {
      let names = values.keys.filter { $0.hasPrefix("generator.average/") }
      #expect(names.count == 6)
      let decay = average.decay(number + 1)
      for name in names {
        let parameter = name.replacing("generator.average/", with: "")
        let (old, new) = (try #require(exact[number == 0 ? parameter : name]), try #require(values[parameter]))
        let moved = zip(old, new).map { decay * $0 + (1 - decay) * $1 }
        let error = zip(moved, try #require(values[name])).map { abs($0 - $1) }.max() ?? .infinity
        #expect(error < 1e-6, "\(name) after step \(number + 1)")
        exact[name] = moved
      }
    }
  }

  /// The values in the checkpoints of a run, by name.
  private func checkpoints(_ spec: String) throws -> [[String: [Double]]] {
    let scratch = try RunScratch(spec: spec)
    let result = try scratch.gan("run", "small.yaml", "--quiet")
    #expect(result.status == 0, "\(result.errors)")
    return try scratch.names(scratch.run() + "/checkpoints").map { try floats(scratch.run() + "/checkpoints/" + $0) }
  }

  private func floats(_ path: String) throws -> [String: [Double]] {
    var values: [String: [Double]] = [:]
    for tensor in try Safetensors(path: path).tensors {
      if case .float32(let floats) = tensor.values { values[tensor.name] = floats.map(Double.init) }
    }
    return values
  }
}
