import Compute
import Networks
import Specs
import TestSupport
import Testing

/// Stacks of layers.
@Suite struct NetworkTests {
  @Test func `a stack has the shapes and sizes of its layers`() throws {
    let network = try SmallNetwork(
      ["flatten", "dense: {units: 8, activation: relu}", "dense: {units: 6}", "reshape: {shape: [3, 2]}"],
      input: [4, 5, 1]
    ).network
    #expect(network.rows.map(\.output) == [[20], [8], [6], [3, 2]])
    #expect(network.rows.map(\.parameters) == [0, 168, 54, 0])
    #expect(network.parameterCount == 222)
    #expect(network.outputShape == [3, 2])
    #expect(
      network.parameters.map(\.variable.name) == [
        "generator.1.kernel", "generator.1.bias", "generator.2.kernel", "generator.2.bias",
      ])
  }

  struct Misfitting: Sendable {
    let layers: [String]
    let input: Shape
    let message: String
    let remedy: String
  }

  static let misfitting = [
    Misfitting(
      layers: ["dense: {units: 5}", "reshape: {shape: [2, 3]}"], input: [4],
      message: "reshape to [2, 3] needs 6 values a sample, but receives 5 ([5])",
      remedy: "use units: 6"),
    Misfitting(
      layers: ["flatten", "reshape: {shape: [2, 3]}", "reshape: {shape: [7]}"], input: [6],
      message: "reshape to [7] needs 7 values a sample, but receives 6 ([2, 3])",
      remedy: "use a shape of 6 values"),
    Misfitting(
      layers: ["dense: {units: 5}"], input: [4, 2],
      message: "dense takes a vector a sample, but receives [4, 2]", remedy: "put - flatten before it"),
  ]

  @Test(arguments: misfitting) func `shapes that do not fit are reported with a remedy`(test: Misfitting)
    throws
  {
    let diagnostics = Diagnostics()
    var layout = StateLayout()
    let network = Network(
      name: "generator", layers: try SpecItem.layers(test.layers), inputShape: test.input, firstTag: 1,
      layout: &layout,
      diagnostics: diagnostics)
    #expect(network == nil)
    #expect(diagnostics.all.map(\.message) == [test.message])
    #expect(diagnostics.all.map(\.remedy) == [test.remedy])
    #expect(diagnostics.all.first?.mark?.line == test.layers.count + 1)
  }

  @Test func `a whole network has right gradients, first and second`() throws {
    let small = try SmallNetwork(
      [
        "dense: {units: 9, activation: tanh}", "batch_norm", "dense: {units: 7, activation: softplus}",
        "dropout: {rate: 0.3}", "dense: {units: 1}",
      ], input: [6], batch: 6)
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

  @Test func `applying a network twice uses the same parameters`() throws {
    let small = try SmallNetwork(["dense: {units: 3, activation: tanh}", "dense: {units: 2}"], input: [4])
    let graph = GraphBuilder()
    let x = small.input(in: graph)
    let first = small.network.apply(x, mode: .inference)
    #expect(small.network.apply(x, mode: .inference) == first)
    #expect(graph.origin.tag == 0)
  }
}
