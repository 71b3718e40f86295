import Compute
import Foundation
import Networks
import Specs
import TestSupport
import Testing

/// Every layer of the catalogue, from its own example.
@Suite struct LayerTests {
  /// What is known of a layer's example.
  struct Expectation: Sendable {
    /// The shape of one sample of the output.
    let output: Shape
    var parameters: [String: Shape] = [:]
    var statistics: [String: Shape] = [:]
    /// The output in Double, from the definition.
    let values: @Sendable (_ x: [Double], _ network: SmallNetwork, _ isTraining: Bool) -> [Double]

    init(
      _ output: Shape, parameters: [String: Shape] = [:], statistics: [String: Shape] = [:],
      values: @escaping @Sendable ([Double], SmallNetwork, Bool) -> [Double]
    ) {
      self.output = output
      self.parameters = parameters
      self.statistics = statistics
      self.values = values
    }

    /// A function of each value.
    static func each(_ body: @escaping @Sendable (Double) -> Double) -> Expectation {
      Expectation([6]) { x, _, _ in x.map(body) }
    }
  }

  /// Values with the mean and the variance of their groups taken out, scaled and shifted by channel.
  private static func normalized(
    _ x: [Double], _ network: SmallNetwork, groupOf group: (Int) -> Int, channels: Int
  ) -> [Double] {
    let (gamma, beta) = (network.values("gamma"), network.values("beta"))
    let groups = Dictionary(grouping: x.indices, by: group)
    var y = x
    for places in groups.values {
      let mean = places.reduce(0) { $0 + x[$1] } / Double(places.count)
      let variance = places.reduce(0) { $0 + (x[$1] - mean) * (x[$1] - mean) } / Double(places.count)
      for place in places {
        let normal = (x[place] - mean) / (variance + 1e-3).squareRoot()
        y[place] = gamma[place % channels] * normal + beta[place % channels]
      }
    }
    return y
  }

  /// Six features, each with the mean and the variance of the batch, or the running ones, taken out.
  private static func batchNormalized(_ x: [Double], _ network: SmallNetwork, _ isTraining: Bool) -> [Double] {
    let rows = x.count / 6
    return x.indices.map { place in
      let column = place % 6
      let values = (0..<rows).map { x[$0 * 6 + column] }
      var mean = values.reduce(0, +) / Double(rows)
      var variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rows)
      if !isTraining {
        mean = network.values("moving_mean")[column]
        variance = network.values("moving_variance")[column]
      }
      return (x[place] - mean) / (variance + 1e-3).squareRoot()
    }
  }

  /// Images of six places with values of their sample behind the channels.
  private static func joined(_ x: [Double], width: Int, _ more: (Int) -> [Double]) -> [Double] {
    (0..<x.count / width).flatMap { place in x[(place * width)..<(place * width + width)] + more(place / 6) }
  }

  /// The sums over the six places of images with four channels.
  private static func pooled(_ x: [Double]) -> [Double] {
    (0..<x.count / 24 * 4).map { place in
      let first = place / 4 * 24 + place % 4
      return stride(from: first, to: first + 24, by: 4).reduce(0) { $0 + x[$1] }
    }
  }

  /// All triples below three numbers.
  static func indices(_ a: Int, _ b: Int, _ c: Int) -> [(Int, Int, Int)] {
    (0..<a * b * c).map { ($0 / (b * c), $0 / c % b, $0 % c) }
  }

  static let training = Mode.training(pass: "real/1", updatesStatistics: false)

  static let expectations = vectors.merging(images) { $1 }.merging(composites) { $1 }

  /// What layers give that work on vectors or value by value, and convolutions.
  private static let vectors: [String: Expectation] = [
    "dense": Expectation([4], parameters: ["kernel": [6, 4], "bias": [4]]) { x, network, _ in
      let (kernel, bias) = (network.values("kernel"), network.values("bias"))
      return (0..<x.count / 6 * 4).map { place in
        let (row, column) = (place / 4, place % 4)
        return tanh((0..<6).reduce(bias[column]) { $0 + x[row * 6 + $1] * kernel[$1 * 4 + column] })
      }
    },
    "conv2d": Expectation([3, 2, 3], parameters: ["kernel": [3, 3, 2, 3], "bias": [3]]) { x, network, _ in
      let (kernel, bias) = (network.values("kernel"), network.values("bias"))
      return (0..<x.count / 40 * 18).map { place in
        let (n, a, b, f) = (place / 18, place / 6 % 3, place / 3 % 2, place % 3)
        var sum: Double = bias[f]
        for (i, j, c) in indices(3, 3, 2) {
          let (row, column) = (2 * a + i - 1, 2 * b + j)
          guard (0..<5).contains(row), column < 4 else { continue }
          let source: Int = n * 40 + row * 8 + column * 2 + c
          let tap: Int = i * 18 + j * 6 + c * 3 + f
          sum += x[source] * kernel[tap]
        }
        return sum
      }
    },
    "conv2d_transpose": Expectation([6, 4, 2], parameters: ["kernel": [4, 4, 2, 3], "bias": [2]]) { x, network, _ in
      let (kernel, bias) = (network.values("kernel"), network.values("bias"))
      var y = (0..<x.count / 18 * 48).map { bias[$0 % 2] }
      for n in 0..<x.count / 18 {
        for (a, b, c) in indices(3, 2, 3) {
          for (i, j, f) in indices(4, 4, 2) {
            let (row, column) = (2 * a + i - 1, 2 * b + j - 1)
            guard (0..<6).contains(row), (0..<4).contains(column) else { continue }
            let target: Int = n * 48 + row * 8 + column * 2 + f
            let source: Int = n * 18 + a * 6 + b * 3 + c
            let tap: Int = i * 24 + j * 6 + f * 3 + c
            y[target] += x[source] * kernel[tap]
          }
        }
      }
      return y
    },
    "flatten": Expectation([6]) { x, _, _ in x },
    "reshape": Expectation([2, 3, 1]) { x, _, _ in x },
    "dropout": Expectation([6]) { x, network, isTraining in
      guard isTraining else { return x }
      let philox = ReferencePhilox(
        seed: network.trial.seed, stream: "dropout/generator.0/real/1", step: network.trial.step)
      return x.enumerated().map { philox.uniform($0.offset) < Double(Float(0.6)) ? $0.element / 0.6 : 0 }
    },
    "batch_norm": Expectation(
      [6], parameters: ["gamma": [6], "beta": [6]], statistics: ["moving_mean": [6], "moving_variance": [6]]
    ) { x, network, isTraining in
      let (gamma, beta) = (network.values("gamma"), network.values("beta"))
      return batchNormalized(x, network, isTraining).enumerated().map { place, normal in
        gamma[place % 6] * normal + beta[place % 6]
      }
    },
    "conditional_batch_norm": Expectation(
      [6], parameters: ["gamma": [4, 6], "beta": [4, 6]], statistics: ["moving_mean": [6], "moving_variance": [6]]
    ) { x, network, isTraining in
      let (gamma, beta) = (network.values("gamma"), network.values("beta"))
      return batchNormalized(x, network, isTraining).enumerated().map { place, normal in
        let row: Int = place / 6 % 4 * 6 + place % 6
        return gamma[row] * normal + beta[row]
      }
    },
    "embedding": Expectation([2, 3, 7], parameters: ["embeddings": [4, 3]]) { x, network, _ in
      let table = network.values("embeddings")
      return joined(x, width: 4) { sample in Array(table[(sample % 4 * 3)..<(sample % 4 * 3 + 3)]) }
    },
    "one_hot": Expectation([2, 3, 8]) { x, _, _ in
      joined(x, width: 4) { sample in (0..<4).map { $0 == sample % 4 ? 1 : 0 } }
    },
    "projection": Expectation([1], parameters: ["kernel": [6, 1], "bias": [1], "embeddings": [4, 6]]) { x, network, _ in
      let (kernel, table) = (network.values("kernel"), network.values("embeddings"))
      return (0..<x.count / 6).map { n in
        (0..<6).reduce(network.values("bias")[0]) { sum, place in
          let weight: Double = kernel[place] + table[n % 4 * 6 + place]
          return sum + x[n * 6 + place] * weight
        }
      }
    },
    "layer_norm": Expectation([2, 3, 4], parameters: ["gamma": [4], "beta": [4]]) { x, network, _ in
      normalized(x, network, groupOf: { $0 / 4 }, channels: 4)
    },
    "instance_norm": Expectation([3, 2, 4], parameters: ["gamma": [4], "beta": [4]]) { x, network, _ in
      normalized(x, network, groupOf: { $0 / 24 * 4 + $0 % 4 }, channels: 4)
    },
    "group_norm": Expectation([3, 2, 4], parameters: ["gamma": [4], "beta": [4]]) { x, network, _ in
      normalized(x, network, groupOf: { $0 / 24 * 2 + $0 % 4 / 2 }, channels: 4)
    },
    "pixel_norm": Expectation([2, 3, 4]) { x, _, _ in
      x.indices.map { place in
        let start = place / 4 * 4
        let square = x[start..<(start + 4)].reduce(0) { $0 + $1 * $1 } / 4
        return x[place] / (square + 1e-8).squareRoot()
      }
    },
    "global_average_pooling2d": Expectation([4]) { x, _, _ in pooled(x).map { $0 / 6 } },
    "global_sum_pooling2d": Expectation([4]) { x, _, _ in pooled(x) },
    "prelu": Expectation([6], parameters: ["alpha": [6]]) { x, network, _ in
      let alpha = network.values("alpha")
      return x.indices.map { x[$0] > 0 ? x[$0] : alpha[$0 % 6] * x[$0] }
    },
    "linear": .each { $0 },
    "relu": .each { max($0, 0) },
    "leaky_relu": .each { $0 > 0 ? $0 : 0.2 * $0 },
    "elu": .each { $0 > 0 ? $0 : 0.5 * expm1($0) },
    "selu": .each { 1.0507009873554805 * ($0 > 0 ? $0 : 1.6732632423543772 * expm1($0)) },
    "gelu": .each { $0 * 0.5 * erfc(-$0 / 2.0.squareRoot()) },
    "softplus": .each { log1p(exp($0)) },
    "sigmoid": .each { 1 / (1 + exp(-$0)) },
    "tanh": .each { tanh($0) },
  ]

  private static func expectation(_ type: any Layer.Type) throws -> Expectation {
    try #require(expectations[type.name], "add what \(type.name) should give, in Double, to LayerTests.expectations")
  }

  static let names = LayerCatalog.types.map { $0.name }

  private static func type(_ name: String) throws -> any Layer.Type {
    try #require(LayerCatalog.types.first { $0.name == name })
  }

  @Test(arguments: names) func `an example has the shape and parameters it should have`(name: String) throws {
    let type = try LayerTests.type(name)
    let expected = try LayerTests.expectation(type)
    let small = try SmallNetwork([type.example.text], input: type.example.input)
    #expect(small.network.outputShape == expected.output)
    #expect(small.network.rows.map(\.layer) == [name])
    let prefix = "generator.0."
    #expect(
      Dictionary(uniqueKeysWithValues: small.network.parameters.map { ($0.variable.name, $0.variable.shape) })
        == Dictionary(uniqueKeysWithValues: expected.parameters.map { (prefix + $0, $1) }))
    #expect(
      Dictionary(uniqueKeysWithValues: small.network.statistics.map { ($0.variable.name, $0.variable.shape) })
        == Dictionary(uniqueKeysWithValues: expected.statistics.map { (prefix + $0, $1) }))
    #expect(small.network.rows[0].parameters == expected.parameters.values.reduce(0) { $0 + $1.count })
  }

  @Test(arguments: names, [false, true])
  func `an example computes its definition, in training and at inference`(name: String, isTraining: Bool)
    throws
  {
    let type = try LayerTests.type(name)
    let expected = try LayerTests.expectation(type)
    for batch in [2, 5, 33] {
      let small = try SmallNetwork([type.example.text], input: type.example.input, batch: batch)
      let found = try small.output(isTraining ? LayerTests.training : .inference)
      #expect(found.shape == Shape([batch] + expected.output.axes))
      let x = (small.trial.inputs["x"] ?? []).map(Double.init)
      let error = Comparison.largestError(of: found.values, from: expected.values(x, small, isTraining))
      #expect(error < 2e-6)
      // Without statistics to move, nothing that the layer has changes.
      #expect(found.variables == small.trial.variables)
      let layer = try SpecItem.layers([type.example.text])[0].value
      let inputs = small.trial.inputs["x"] ?? []
      for input in [nil, (inputs.min() ?? 0)...(inputs.max() ?? 0)] {
        guard let bounds = layer.outputBounds(of: input) else { continue }
        #expect(found.values.allSatisfy { (bounds.lowerBound - 1e-5...bounds.upperBound + 1e-5).contains($0) })
      }
    }
  }

  @Test(arguments: names, [false, true])
  func `an example's gradients match central differences`(name: String, isTraining: Bool) throws {
    let type = try LayerTests.type(name)
    var small = try SmallNetwork([type.example.text], input: type.example.input)
    let count = small.batch * small.network.outputShape.count
    var generator = SeededGenerator(3)
    small.trial.inputs["weights"] = generator.floats(count)
    var check = GradientCheck(small.trial)
    check.step = 1e-4
    let errors = try check.errors { graph in
      let x = small.input(in: graph)
      let sources = [x] + small.network.parameters.map { graph.read($0.variable) }
      let mode = isTraining ? LayerTests.training : Mode.inference
      let y = small.network.apply(x, mode: mode, labels: small.labels(in: graph))
      let weights = graph.input("weights", y.shape)
      let bent = 0.5 * y.sumOfSquares()
      return (bent + (y * weights).sum(), sources)
    }
    #expect(errors.emitted < 1e-7)
    #expect(errors.emittedSecond < 1e-7)
    #expect(errors.planned < 1e-4)
    #expect(errors.plannedSecond < 1e-4)
  }

  @Test func `the approximate gelu follows its formula`() throws {
    let small = try SmallNetwork(["gelu: {approximate: true}"], input: [6])
    let exact = (small.trial.inputs["x"] ?? []).map(Double.init).map {
      0.5 * $0 * (1 + tanh((2 / Double.pi).squareRoot() * ($0 + 0.044715 * $0 * $0 * $0)))
    }
    #expect(Comparison.largestError(of: try small.output(.inference).values, from: exact) < 2e-6)
  }
}
