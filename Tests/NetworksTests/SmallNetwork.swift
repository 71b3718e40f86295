import Compute
import Networks
import Specs
import TestSupport
import Testing

/// A network named `generator` with random parameters, and the values to try it on.
struct SmallNetwork {
  let network: Network
  var trial = Trial()
  /// The batch that is put in.
  let batch: Int
  /// How many classes samples have; sample n is of class n mod 4.
  static let classes = 4

  /// Builds layers on samples of a shape; the input `x` lies at least `gap` away from 0.
  init(
    _ layers: [String], input: Shape, batch: Int = 5, gap: Float = 0.1, seed: UInt64 = 1,
    changed: ([Marked<any Layer>]) -> [Marked<any Layer>] = { $0 }
  ) throws {
    let diagnostics = Diagnostics()
    network = try #require(
      Network(
        name: "generator", layers: changed(try SpecItem.layers(layers)), inputShape: input,
        classes: SmallNetwork.classes,
        firstTag: 1,
        layout: &trial.layout, diagnostics: diagnostics))
    self.batch = batch
    var generator = SeededGenerator(seed)
    trial.inputs["x"] = generator.floats(batch * input.count, gap: gap)
    trial.inputs["labels"] = (0..<batch).map { Float($0 % SmallNetwork.classes) }
    for parameter in network.parameters {
      trial.variables[parameter.variable] = generator.floats(
        parameter.variable.shape.count, in: -1...1, gap: 0.1)
    }
    for statistic in network.statistics {
      trial.variables[statistic.variable] = generator.floats(statistic.variable.shape.count, in: 0.5...2)
    }
  }

  /// The input of the network in a graph.
  func input(in graph: GraphBuilder) -> Tensor { graph.input("x", Shape([batch] + network.inputShape.axes)) }

  /// The classes of the input.
  func labels(in graph: GraphBuilder) -> Tensor { graph.input("labels", [batch, 1]) }

  /// The output for the input `x`.
  func output(_ mode: Mode) throws -> (values: [Float], shape: Shape, variables: [Variable: [Float]]) {
    let graph = GraphBuilder()
    let labels = labels(in: graph)
    let y = network.apply(input(in: graph), mode: mode, labels: labels)
    let outcome = try trial.run(graph, outputs: [y])
    return (outcome.outputs[0], y.shape, outcome.variables)
  }

  /// The values of a variable by the last part of its name.
  func values(_ name: String) -> [Double] {
    for (variable, values) in trial.variables where variable.name.hasSuffix(".\(name)") {
      return values.map(Double.init)
    }
    return []
  }
}
