import Compute
import Networks

/// The graph of one training step.
package struct StepGraph: Sendable {
  /// The name of the input of sample numbers.
  static let rows = "rows"

  package let graph: Graph
  /// One scalar a column, in their order.
  let measured: [(column: Column, value: VertexNumber)]
  /// The inputs of the optimizers' numbers.
  let settings: [OptimizerInput]

  /// The columns of `measured`.
  package var columns: [Column] { measured.map(\.column) }
  /// The values of `measured`.
  package var values: [VertexNumber] { measured.map(\.value) }
}

/// An input of a step with an optimizer's numbers for one update.
struct OptimizerInput: Sendable {
  /// The input's name in the graph.
  let name: String
  /// Whose numbers they are.
  let optimizer: any Optimizer
  /// Which of the network's updates of a step, from 0; look-ahead updates are counted on behind them.
  let update: Int
  /// The network's updates of a step.
  let perStep: Int

  /// The numbers for the step that comes after so many.
  func values(after steps: Int) -> (size: Float, decay: Float) {
    optimizer.settings(update: UInt64(steps) * UInt64(perStep) + UInt64(update) + 1, step: steps + 1)
  }
}
