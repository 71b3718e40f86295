import Compute

/// The discriminator together with what the loss takes for a sample's score.
///
/// Beside the score, its last layer may make values for others: logits of classes, guesses of codes.
public struct Critic: Sendable {
  /// What the discriminator says of a batch.
  public struct Judgement {
    /// The scores, [N, 1].
    public let scores: Tensor
    /// What it makes beside, [N, heads]; nil where there is nothing.
    public let heads: Tensor?
  }

  /// The discriminator.
  public let network: Network
  /// What it makes of a sample.
  public let output: DiscriminatorOutput
  /// Values that its last layer makes beside the score.
  public let heads: Int

  /// A discriminator whose scores a loss reads.
  public init(_ network: Network, loss: any Loss, heads: Int) {
    self.network = network
    output = loss.output
    self.heads = heads
  }

  /// What the discriminator says of samples [N, ...].
  /// - Parameters:
  ///   - labels: the samples' classes, [N, 1]; nil where the spec has none.
  ///   - parameters: values in place of the network's own, by variable.
  public func judge(
    _ x: Tensor, mode: Mode, labels: Tensor?, parameters: [Variable: Tensor] = [:]
  ) -> Judgement {
    let made = network.apply(x, mode: mode, labels: labels, parameters: parameters)
    switch output {
    case .score where heads == 0: return Judgement(scores: made, heads: nil)
    case .score:
      return Judgement(
        scores: made.columns(from: 0, count: 1), heads: made.columns(from: 1, count: heads))
    case .reconstruction(let error):
      let errors = error.values(x, made.reshaped(to: x.shape))
      return Judgement(scores: -errors, heads: nil)
    }
  }
}
