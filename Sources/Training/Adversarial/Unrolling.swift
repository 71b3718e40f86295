import Compute
import Networks

// The discriminator as it will be, for the generator's update (Metz et al., "Unrolled Generative Adversarial Networks", 2017).
extension AdversarialStep {
  /// The discriminator's parameters after some more turns of its own on these batches, through which the generator's gradients flow;
  /// none where it is not unrolled.
  ///
  /// These turns are as its own: one update on the sum of both losses or, separate, one on each. What else its losses could have
  /// (regularizers, heads, micro-batches) is refused beside `unrolled_steps`. Passes are named `unrolled/K` in the K-th turn ahead.
  mutating func unrolledParameters(real: Samples, generated: Samples) -> [Variable: Tensor] {
    let training = task.updates
    guard training.unrolledSteps > 0 else { return [:] }
    var unrolled = task.discriminatorOptimizer.unrolledStart(in: graph)
    var update = 0
    for turn in 1...training.unrolledSteps {
      let pass = "unrolled/\(turn)"
      switch training.discriminatorUpdate {
      case .joint:
        let loss = jointLoss(real, generated, pass: pass, parameters: unrolled.parameters)
        unroll(&unrolled, loss, update: &update)
      case .separate:
        let first = judged(real, pass: pass, updatesStatistics: false, parameters: unrolled.parameters).scores
        unroll(&unrolled, withLoss(pass) { $0.real(first, beside: nil, at: &$1) }, update: &update)
        let second = judged(generated, pass: pass, updatesStatistics: false, parameters: unrolled.parameters).scores
        if let loss = withLoss(pass, { $0.generated(second, beside: nil, at: &$1) }) {
          unroll(&unrolled, loss, update: &update)
        }
      }
    }
    return unrolled.parameters
  }

  /// The sum of both losses.
  private mutating func jointLoss(
    _ real: Samples, _ generated: Samples, pass: String, parameters: [Variable: Tensor]
  ) -> Tensor {
    let (real, generated) = (
      judged(real, pass: pass, updatesStatistics: false, parameters: parameters).scores,
      judged(generated, pass: pass, updatesStatistics: false, parameters: parameters).scores
    )
    let loss = withLoss(pass) { $0.real(real, beside: generated, at: &$1) }
    let other = withLoss(pass) { $0.generated(generated, beside: real, at: &$1) }
    return other.map { loss + $0 } ?? loss
  }

  /// One virtual update.
  private mutating func unroll(_ unrolled: inout Unrolled, _ loss: Tensor, update: inout Int) {
    let turns = task.updates.discriminatorUpdates
    let settings = optimizerInput(
      "discriminator.unrolled", number: update, task.discriminatorOptimizer, update: turns + update, of: turns)
    task.discriminatorOptimizer.unroll(&unrolled, loss: loss, settings: settings)
    update += 1
  }
}
