import Compute
import Networks
import Specs
import TestSupport
import Testing

/// What layers do with other fields than those of their examples.
@Suite struct LayerVariantTests {
  @Test func `up-sampling to the nearest place repeats each`() throws {
    var small = try SmallNetwork(["up_sampling2d: {size: [2, 3]}"], input: [2, 2, 1], batch: 1)
    small.trial.inputs["x"] = [1, 2, 3, 4]
    let row: [Float] = [1, 1, 1, 2, 2, 2]
    let other: [Float] = [3, 3, 3, 4, 4, 4]
    #expect(try small.output(.inference).values == row + row + other + other)
  }

  @Test func `interpolation is that of Keras`() throws {
    // keras.layers.UpSampling2D(2, interpolation="bilinear") of [[1, 2], [3, 4]]
    var small = try SmallNetwork(["up_sampling2d: {interpolation: bilinear}"], input: [2, 2, 1], batch: 1)
    small.trial.inputs["x"] = [1, 2, 3, 4]
    let expected: [Float] = [1, 1.25, 1.75, 2, 1.5, 1.75, 2.25, 2.5, 2.5, 2.75, 3.25, 3.5, 3, 3.25, 3.75, 4]
    #expect(try small.output(.inference).values == expected)
  }

  @Test(arguments: [
    ("max_pooling2d", [Float(5), 6]), ("average_pooling2d", [3, 4]),
  ])
  func `pooling with valid padding leaves out what no whole window reaches`(layer: String, expected: [Float]) throws {
    var small = try SmallNetwork([layer], input: [3, 3, 2], batch: 1)
    small.trial.inputs["x"] = [1, 2, 3, 4, 99, 99, 3, 4, 5, 6, 99, 99, 99, 99, 99, 99, 99, 99]
    #expect(small.network.outputShape == [1, 1, 2])
    #expect(try small.output(.inference).values == expected)
  }

  @Test func `noise without decay keeps its deviation`() throws {
    var small = try SmallNetwork(["gaussian_noise: {stddev: 0.5}"], input: [2000])
    let x = small.trial.inputs["x"] ?? []
    for step in [UInt32(1), 100_000] {
      small.trial.step = step
      let noise = zip(try small.output(LayerTests.training).values, x).map { $0 - $1 }
      let square = noise.reduce(0) { $0 + $1 * $1 } / Float(noise.count)
      #expect(abs(square.squareRoot() - 0.5) < 0.02)
    }
    #expect(try small.output(.inference).values == x)
  }

  @Test func `noise that has faded leaves values as they are`() throws {
    var small = try SmallNetwork(["gaussian_noise: {stddev: 0.5, decay_steps: 100}"], input: [20])
    small.trial.step = 100
    #expect(try small.output(LayerTests.training).values == small.trial.inputs["x"])
    small.trial.step = 99
    #expect(try small.output(LayerTests.training).values != small.trial.inputs["x"])
  }

  @Test func `a separable convolution without a multiplier has gradients like any other`() throws {
    let small = try SmallNetwork(
      [
        "separable_conv2d: {filters: 3, kernel_size: [2, 3], padding: 1, dilation_rate: [1, 2], activation: tanh}",
        "max_pooling2d", "flatten", "dense: {units: 1}",
      ], input: [5, 6, 2])
    try checkGradients(of: small)
  }

  @Test func `layers within layers within layers have gradients`() throws {
    let small = try SmallNetwork(
      [
        """
        residual: {body: [concat: {branches: [[dense: {units: 2, activation: tanh}], []]}, \
        spectral_norm: {layer: {dense: {units: 4}}}], shortcut: [dense: {units: 4, use_bias: false}]}
        """, "maxout: {units: 2, pieces: 2}",
      ], input: [3])
    #expect(
      small.network.parameters.map(\.variable.name) == [
        "generator.0.body.0.branches.0.0.kernel", "generator.0.body.0.branches.0.0.bias", "generator.0.body.1.kernel",
        "generator.0.body.1.bias", "generator.0.shortcut.0.kernel", "generator.1.kernel", "generator.1.bias",
      ])
    #expect(small.network.statistics.map(\.variable.name) == ["generator.0.body.1.u"])
    try checkGradients(of: small)
  }

  @Test func `random draws of layers within a layer are their own`() throws {
    let small = try SmallNetwork(
      ["concat: {branches: [[dropout: {rate: 0.5}], [dropout: {rate: 0.5}]]}"], input: [200], batch: 1)
    let values = try small.output(LayerTests.training).values
    #expect(values[..<200] != values[200...])
  }

  @Test(arguments: [(8, 4, 4), (8, 3, 2), (7, 4, 7), (25, 4, 5), (6, 6, 6), (2, 4, 2)])
  func `a group is of samples far apart in the batch`(batch: Int, wanted: Int, size: Int) throws {
    var small = try SmallNetwork(["minibatch_std: {group_size: \(wanted)}"], input: [1], batch: batch)
    // Every group has one value but for its last sample.
    let groups = batch / size
    small.trial.inputs["x"] = (0..<batch).map { $0 < batch - groups ? 0 : Float($0 % groups + 1) }
    let found = try small.output(LayerTests.training).values
    for sample in 0..<batch {
      let value = Double(sample % groups + 1)
      let variance = value * value * Double(size - 1) / Double(size * size)
      #expect(abs(Double(found[2 * sample + 1]) - (variance + 1e-8).squareRoot()) < 1e-5)
    }
  }

  @Test func `what looks at the whole batch is not stacked with another`() throws {
    for layer in ["minibatch_std: {group_size: 2}", "minibatch_discrimination: {kernels: 2, kernel_dimension: 2}"] {
      let small = try SmallNetwork(["dense: {units: 4}", layer, "dense: {units: 2}"], input: [3], batch: 4)
      let graph = GraphBuilder()
      let outputs = ["a", "b"].map { name in
        let noise = graph.normal([4, 3], stream: name)
        return small.network.apply(noise, mode: LayerTests.training)
      }
      let exact = try small.trial.interpreter.run(graph)
      let found = try small.trial.run(graph, outputs: outputs)
      for (output, values) in zip(outputs, found.outputs) {
        #expect(Comparison.largestError(of: values, from: exact[output]) < 1e-5)
      }
    }
  }

  private func checkGradients(of small: SmallNetwork) throws {
    let errors = try GradientCheck(small.trial).errors { graph in
      let x = small.input(in: graph)
      let sources = [x] + small.network.parameters.map { graph.read($0.variable) }
      let y = small.network.apply(x, mode: LayerTests.training)
      return (y.softplus().mean(), sources)
    }
    #expect(errors.emitted < 1e-7)
    #expect(errors.emittedSecond < 1e-7)
    #expect(errors.planned < 1e-4)
    #expect(errors.plannedSecond < 1e-4)
  }
}
