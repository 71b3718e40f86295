import Compute

/// The discriminator together with what the loss takes for a sample's score.
public struct Critic: Sendable {
  /// The discriminator.
  public let network: Network
  /// What it makes of a sample.
  public let output: DiscriminatorOutput

  /// A discriminator whose scores a loss reads.
  public init(_ network: Network, loss: any Loss) {
    self.network = network
    output = loss.output
  }

  /// The scores [N, 1] of samples [N, ...].
  /// - Parameter parameters: values in place of the network's own, by variable.
  public func score(
    _ x: Tensor, in graph: inout Graph, mode: Mode, parameters: [Variable: Tensor] = [:]
  ) -> Tensor {
    let made = network.apply(x, in: &graph, mode: mode, parameters: parameters)
    switch output {
    case .score: return made
    case .reconstruction(let error):
      return graph.scale(error.values(x, graph.reshape(made, to: graph.shape(x)), in: &graph), by: -1)
    }
  }
}
