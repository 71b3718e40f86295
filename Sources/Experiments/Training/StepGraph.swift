import Compute
import Networks

/// The graph of one training step: every update of the discriminator, then those of the generator.
///
/// Each update reads what the ones before it wrote. The passes' names, which keep their random draws apart, are
/// `real/I` and `generated/I` for the discriminator's I-th turn, from 1, and `generator/J` for the generator's; `.P` behind
/// them is the part of a batch that is passed in parts, or the place in a pack.
struct StepGraph: Sendable {
  static let rows = "rows"

  let graph: Graph
  /// One scalar a column, in their order.
  let measured: [(column: Column, value: VertexNumber)]

  /// The values of `measured`.
  var values: [VertexNumber] { measured.map(\.value) }

  /// The graph of the steps in which these regularizers, by their numbers, are due.
  init(_ experiment: Experiment, due: Set<Int>) {
    var builder = StepBuilder(experiment, due: due)
    for turn in 1...experiment.training.discriminatorSteps { builder.updateDiscriminator(turn) }
    for turn in 1...experiment.training.generatorSteps { builder.updateGenerator(turn) }
    builder.moveAverage()
    measured = builder.measured().map { ($0.column, $0.value.number) }
    graph = builder.graph.finished()
  }

  /// The input of an optimizer's settings for one update of a network, the updates of a step counted from 0.
  static func settings(_ network: String, update: Int) -> String { "\(network).settings.\(update)" }

  /// How often a turn updates the discriminator.
  static func updatesPerTurn(_ training: Training) -> Int { training.discriminatorUpdate == .separate ? 2 : 1 }

  /// How often a step updates the discriminator.
  static func discriminatorUpdates(_ training: Training) -> Int {
    training.discriminatorSteps * updatesPerTurn(training)
  }

  /// Latent vectors of a stream.
  static func latent(_ latent: Latent, count: Int, stream: String, in graph: GraphBuilder) -> Tensor {
    switch latent.distribution {
    case .normal: graph.normal([count, latent.dim], stream: stream)
    case .uniform: graph.offset(graph.scale(graph.uniform([count, latent.dim], stream: stream), by: 2), by: -1)
    }
  }
}
