import Compute

/// The discriminator together with what the loss takes for a sample's score.
///
/// Beside the score, its last layer may make values for others: logits of classes, guesses of codes.
package struct ScoringNetwork: Sendable {
  /// What the discriminator says of a batch.
  package struct Judgement {
    /// The scores, [N, 1].
    package let scores: Tensor
    /// What it makes beside, [N, heads]; nil where there is nothing.
    package let heads: Tensor?
  }

  package let network: Network
  /// What it makes of a sample.
  package let output: DiscriminatorOutput
  /// Values that its last layer makes beside the score.
  package let heads: Int

  package init(_ network: Network, loss: any Loss, heads: Int) {
    self.network = network
    output = loss.output
    self.heads = heads
  }

  /// What the discriminator says of samples [N, ...].
  /// - Parameters:
  ///   - labels: the samples' classes, [N, 1]; nil where the spec has none.
  ///   - parameters: values in place of the network's own, by variable.
  package func judge(
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
