import Experiments
import Testing

/// The moving average of the generator's parameters, against its formula in Double.
@Suite struct GeneratorAverageTests {
  private struct Case: Sendable, CustomStringConvertible {
    let fields: String
    /// The share of the average that stays after a step.
    let decay: @Sendable (_ step: Int) -> Double
    var description: String { fields }
  }

  private static let cases = [
    Case(fields: "{decay: 0.75}") { _ in 0.75 },
    Case(fields: "{decay: 0.5, start: 3}") { $0 <= 3 ? 0 : 0.5 },
    // Half of it is new after 32 images, of which a step has 64.
    Case(fields: "{half_life: 32}") { _ in 0.25 },
  ]

  /// A step an epoch, each with its checkpoint.
  private static func spec(_ average: String) -> String {
    """
    name: small
    dataset: {gaussian_ring: {samples: 64}}
    latent: {dim: 3}
    generator: [dense: {units: 9}, batch_norm, relu, dense: {units: 2}]
    discriminator: [dense: {units: 8, activation: relu}, dense: {units: 1}]
    optimizers: {generator: {adam: {learning_rate: 0.05}}}
    training: {batch_size: 64, epochs: 6, generator_average: \(average)}
    record: {sample_count: 4, checkpoints_kept: 100}

    """
  }

  @Test(arguments: cases) private func `the average moves by its formula`(average: Case) throws {
    let scratch = try RunScratch(spec: GeneratorAverageTests.spec(average.fields))
    let result = try scratch.gan("run", "small.yaml", "--quiet")
    #expect(result.status == 0, "\(result.errors)")
    let files = try scratch.names(scratch.run() + "/checkpoints")
    #expect(files.count == 6)
    var exact: [String: [Double]] = [:]
    for (number, file) in files.enumerated() {
      let values = try floats(scratch.run() + "/checkpoints/" + file)
      let parameters = values.filter { $0.key.hasPrefix("generator.average/") }.map(\.key)
      #expect(parameters.count == 6)
      for name in parameters {
        let kept = try #require(values[name])
        let parameter = try #require(values[name.replacing("generator.average/", with: "")])
        let decay = average.decay(number + 1)
        if let old = exact[name] {
          exact[name] = zip(old, parameter).map { decay * $0 + (1 - decay) * $1 }
        } else if decay == 0 {
          exact[name] = parameter
        } else {
          // What the average began with is in no checkpoint: it follows from the first.
          exact[name] = kept
          let hasMoved = zip(kept, parameter).contains { abs($0 - $1) > 1e-3 }
          #expect(hasMoved || name.hasSuffix("bias"))
        }
        let error = zip(exact[name] ?? [], kept).map { abs($0 - $1) }.max() ?? .infinity
        #expect(error < 1e-6, "\(name) after step \(number + 1)")
      }
    }
  }

  private func floats(_ path: String) throws -> [String: [Double]] {
    var values: [String: [Double]] = [:]
    for tensor in try Safetensors(path: path).tensors {
      if case .float32(let floats) = tensor.values { values[tensor.name] = floats.map(Double.init) }
    }
    return values
  }
}
