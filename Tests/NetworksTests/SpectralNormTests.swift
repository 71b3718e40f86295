import Compute
import Networks
import TestSupport
import Testing

/// Spectral normalization in the passes that move its singular vectors.
@Suite struct SpectralNormTests {
  struct Case: Sendable {
    let layer: String
    let input: Shape
    /// The places of the kernel's value for a row of the matrix [everything else, filters] and a filter.
    let place: @Sendable (_ row: Int, _ filter: Int) -> Int
    let filters: Int
  }

  static let cases = [
    Case(layer: "dense: {units: 4, use_bias: false}", input: [6], place: { $0 * 4 + $1 }, filters: 4),
    Case(
      layer: "conv2d: {filters: 3, kernel_size: 2, use_bias: false}", input: [3, 3, 2], place: { $0 * 3 + $1 },
      filters: 3),
    // [rows, columns, filters, channels]
    Case(
      layer: "conv2d_transpose: {filters: 3, kernel_size: 2, use_bias: false}", input: [2, 2, 5],
      place: { $0 / 5 * 15 + $1 * 5 + $0 % 5 }, filters: 3),
  ]

  static let moving = Mode.training(pass: "real/1", updatesStatistics: true)

  @Test(arguments: cases, [1, 3])
  func `the singular vectors move by power iteration`(test: Case, iterations: Int) throws {
    let small = try SmallNetwork(
      ["spectral_norm: {layer: {\(test.layer)}, power_iterations: \(iterations)}"], input: test.input)
    let plain = try SmallNetwork([test.layer], input: test.input)
    let kernel = small.values("kernel")
    let rows = kernel.count / test.filters
    var u = small.values("u")
    var v: [Double] = []
    for _ in 0..<iterations {
      v = (0..<rows).map { row in u.indices.reduce(0) { $0 + kernel[test.place(row, $1)] * u[$1] } }
      v = v.map { $0 / LayerTests.length(v) }
      u = u.indices.map { f in (0..<rows).reduce(0) { $0 + kernel[test.place($1, f)] * v[$1] } }
      u = u.map { $0 / LayerTests.length(u) }
    }
    var sigma = 0.0
    for row in 0..<rows {
      for f in u.indices { sigma += v[row] * kernel[test.place(row, f)] * u[f] }
    }

    let found = try small.output(SpectralNormTests.moving)
    let variable = try #require(small.network.statistics.first?.variable)
    #expect(Comparison.largestError(of: try #require(found.variables[variable]), from: u) < 1e-6)
    let expected = try plain.output(.inference).values.map { Double($0) / sigma }
    #expect(Comparison.largestError(of: found.values, from: expected) < 1e-5)

    // d sigma / d W is v u^T: the loss sum of g (W / sigma) with g the gradient by W / sigma.
    let gradients = try [small, plain].map { network -> [Double] in
      let graph = GraphBuilder()
      let x = network.input(in: graph)
      let parameter = graph.read(network.network.parameters[0].variable)
      let y = network.network.apply(x, mode: SpectralNormTests.moving)
      let gradient = try #require(y.sum().gradients(withRespectTo: [parameter])[0])
      return try network.trial.interpreter.run(graph)[gradient]
    }
    let product = zip(gradients[1], kernel).reduce(0) { $0 + $1.0 * $1.1 }
    var exact = gradients[1].map { $0 / sigma }
    for row in 0..<rows {
      for f in u.indices { exact[test.place(row, f)] -= product / (sigma * sigma) * v[row] * u[f] }
    }
    #expect(zip(gradients[0], exact).allSatisfy { abs($0 - $1) < 1e-9 })
  }

  @Test func `after many passes the largest singular value is 1`() throws {
    let small = try SmallNetwork(
      ["spectral_norm: {layer: {dense: {units: 2, use_bias: false}}, power_iterations: 50}"], input: [2], batch: 2)
    var trial = small.trial
    trial.inputs["x"] = [1, 0, 0, 1]
    let graph = GraphBuilder()
    let y = small.network.apply(small.input(in: graph), mode: SpectralNormTests.moving)
    let w = try trial.run(graph, outputs: [y]).outputs[0].map(Double.init)
    // The singular values s, t of [a, b; c, d]: s^2 + t^2 = sum of squares, s t = |det|.
    let (sum, product) = (w.reduce(0) { $0 + $1 * $1 }, abs(w[0] * w[3] - w[1] * w[2]))
    let largest = ((sum + (sum * sum - 4 * product * product).squareRoot()) / 2).squareRoot()
    #expect(abs(largest - 1) < 1e-5)
  }

  @Test func `two passes of one update each move the vectors`() throws {
    let small = try SmallNetwork(["spectral_norm: {layer: {dense: {units: 4}}}"], input: [6])
    let graph = GraphBuilder()
    let x = small.input(in: graph)
    let first = small.network.apply(x, mode: SpectralNormTests.moving)
    let second = small.network.apply(
      x, mode: .training(pass: "generated/1", updatesStatistics: true))
    let sources = small.network.parameters.map { graph.read($0.variable) }
    let loss = first.sumOfSquares() + second.sumOfSquares()
    let gradients = loss.gradients(withRespectTo: sources).compactMap { $0 }
    let exact = try small.trial.interpreter.run(graph)
    let found = try small.trial.run(graph, outputs: [first, second] + gradients)
    for (output, values) in zip([first, second] + gradients, found.outputs) {
      #expect(Comparison.largestError(of: values, from: exact[output]) < 1e-5)
    }
    #expect(exact[first] != exact[second])
  }

  @Test func `the gradient of a pass that moves nothing may be taken after one that does`() throws {
    let small = try SmallNetwork(["spectral_norm: {layer: {dense: {units: 4}}}"], input: [6])
    let graph = GraphBuilder()
    let x = small.input(in: graph)
    let still = small.network.apply(x, mode: LayerTests.training)
    let moved = small.network.apply(x, mode: SpectralNormTests.moving)
    let kernel = graph.read(small.network.parameters[0].variable)
    let loss = still.sumOfSquares() + moved.sumOfSquares()
    let gradient = try #require(loss.gradients(withRespectTo: [kernel])[0])
    let exact = try small.trial.interpreter.run(graph)
    let found = try small.trial.run(graph, outputs: [gradient, still])
    #expect(Comparison.largestError(of: found.outputs[0], from: exact[gradient]) < 1e-5)
    #expect(Comparison.largestError(of: found.outputs[1], from: exact[still]) < 1e-5)
  }

  @Test func `the singular vectors begin with normal values of their own stream`() throws {
    let small = try SmallNetwork(["linear", "spectral_norm: {layer: {dense: {units: 4}}}"], input: [6])
    let state = try State(layout: small.trial.layout)
    small.network.initialize(state, seed: 9)
    let u = try #require(small.network.statistics.first?.variable)
    #expect(u.name == "generator.1.u")
    let expected = Random(seed: 9).normal(stream: "initial/generator.1.u", step: 0, count: 4)
    #expect(state.buffer(u).values == expected)
  }
}
