import Compute
import Networks
import TestSupport
import Testing

/// What initializers draw.
@Suite struct InitializerTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let mean: Double
    let variance: Double
    /// No value lies outside.
    let limits: ClosedRange<Double>
    var testDescription: String { text }

    init(_ text: String, mean: Double = 0, variance: Double, limits: ClosedRange<Double>) {
      self.text = text
      self.mean = mean
      self.variance = variance
      self.limits = limits
    }

    /// Uniform with this variance around 0.
    static func uniform(_ name: String, _ variance: Double) -> Case {
      let limit = (3 * variance).squareRoot()
      return Case("\(name): {}", variance: variance, limits: -limit...limit)
    }

    /// Normal, cut at two standard deviations of the uncut distribution, with this variance after the cut.
    static func truncated(_ name: String, _ variance: Double) -> Case {
      let limit = 2 * variance.squareRoot() / 0.8796256610342398
      return Case("\(name): {}", variance: variance, limits: -limit...limit)
    }
  }

  static let shape: Shape = [200, 300]
  static let fans = Fans(in: 200, out: 300)

  static let cases: [Case] = [
    .uniform("glorot_uniform", 1 / 250), .truncated("glorot_normal", 1 / 250),
    .uniform("he_uniform", 1 / 100), .truncated("he_normal", 1 / 100),
    .uniform("lecun_uniform", 1 / 200), .truncated("lecun_normal", 1 / 200),
    Case("random_uniform: {}", variance: 0.01 / 12, limits: -0.05...0.05),
    Case("random_uniform: {minval: 1, maxval: 4}", mean: 2.5, variance: 9.0 / 12, limits: 1...4),
    Case("random_normal: {}", variance: 0.0025, limits: -0.3...0.3),
    Case("random_normal: {mean: -1, stddev: 2}", mean: -1, variance: 4, limits: -13...11),
    Case("truncated_normal: {}", variance: 0.0025 * 0.7737413035760, limits: -0.1...0.1),
    Case(
      "truncated_normal: {mean: 3, stddev: 0.5}", mean: 3, variance: 0.25 * 0.7737413035760, limits: 2...4),
    Case("constant: {value: 0.25}", mean: 0.25, variance: 0, limits: 0.25...0.25),
    Case("zeros: {}", variance: 0, limits: 0...0), Case("ones: {}", mean: 1, variance: 0, limits: 1...1),
  ]

  @Test(arguments: cases) func `values have their mean, variance and limits`(test: Case) throws {
    let initializer = try SpecItem.read(test.text, of: InitializerCatalog.all)
    let shape = InitializerTests.shape
    let values = initializer.values(
      at: 0..<shape.count, fans: InitializerTests.fans, stream: "initial/a", Random(seed: 5)
    )
    .map(Double.init)
    let count = Double(shape.count)
    try #require(values.count == shape.count)
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    // Five standard errors; a normal's variance has the largest.
    #expect(abs(mean - test.mean) <= 5 * (test.variance / count).squareRoot() + 1e-12)
    #expect(abs(variance - test.variance) <= 5 * test.variance * (2 / count).squareRoot() + 1e-12)
    let slack = 1e-6 * max(abs(test.limits.lowerBound), abs(test.limits.upperBound))
    #expect(
      values.allSatisfy { $0 >= test.limits.lowerBound - slack && $0 <= test.limits.upperBound + slack })
  }

  @Test(arguments: cases) func `values follow from seed and stream alone`(test: Case) throws {
    let initializer = try SpecItem.read(test.text, of: InitializerCatalog.all)
    func values(_ stream: String, _ seed: UInt64) -> [Float] {
      initializer.values(at: 0..<60, fans: InitializerTests.fans, stream: stream, Random(seed: seed))
    }
    let first = values("initial/generator.0.kernel", 1)
    let parts = [0..<4, 4..<36, 36..<60].map { places in
      initializer.values(
        at: places, fans: InitializerTests.fans, stream: "initial/generator.0.kernel", Random(seed: 1))
    }
    #expect(Array(parts.joined()) == first)
    #expect(values("initial/generator.0.kernel", 1) == first)
    if test.variance > 0 {
      #expect(values("initial/generator.1.kernel", 1) != first)
      #expect(values("initial/generator.0.kernel", 2) != first)
    }
  }

  @Test(arguments: InitializerCatalog.all.names) func `every initializer of the catalogue has its moments here`(
    name: String
  ) {
    #expect(
      InitializerTests.cases.contains { $0.text.hasPrefix("\(name):") },
      "add a Case of \(name), with its mean, variance and limits, to InitializerTests.cases")
  }

  @Test func `a Glorot kernel is 2 u - 1 times its limit`() throws {
    let network = try SmallNetwork(["dense: {units: 5}"], input: [7]).network
    let kernel = try #require(network.parameters.first { $0.variable.name == "generator.0.kernel" })
    let philox = ReferencePhilox(seed: 99, stream: "initial/generator.0.kernel", step: 0)
    let limit = Float((6.0 / 12).squareRoot())
    #expect(
      kernel.initialValues(Random(seed: 99)) == (0..<35).map { (2 * Float(philox.uniform($0)) - 1) * limit })
  }

  @Test func `a layer's first values do not depend on the layers around it`() throws {
    let plain = try SmallNetwork(["dense: {units: 5}"], input: [7]).network
    let framed = try SmallNetwork(
      ["dense: {units: 5, activation: relu}", "batch_norm", "dropout: {rate: 0.5}", "dense: {units: 2}"],
      input: [7]
    ).network
    let random = Random(seed: 4)
    for parameter in plain.parameters {
      let same = try #require(framed.parameters.first { $0.variable.name == parameter.variable.name })
      #expect(same.initialValues(random) == parameter.initialValues(random))
    }
  }

  @Test func `a network starts with its initial values and statistics`() throws {
    let small = try SmallNetwork(["dense: {units: 5}", "batch_norm"], input: [7])
    let state = try State(layout: small.trial.layout)
    small.network.initialize(state, seed: 12)
    for parameter in small.network.parameters {
      let values = state.buffer(parameter.variable).values
      #expect(values == parameter.initialValues(Random(seed: 12)))
    }
    for statistic in small.network.statistics {
      let expected: Float = statistic.variable.name.hasSuffix("variance") ? 1 : 0
      #expect(state.buffer(statistic.variable).values == [Float](repeating: expected, count: 5))
    }
  }
}
