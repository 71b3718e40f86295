import Files
import Networks
import Specs

/// A generator whose gradient has gone to 0.
///
/// It shows where generator_gradient_norm is below a thousandth of the median of its first ten rows, or of 1e-6, in five rows.
package struct VanishedGradients: Symptom {
  package static let name = "vanished_gradients"
  package static let summary = "the generator's gradient has gone to 0"
  package static let remedy =
    "loss: non_saturating or hinge in place of minimax, a weaker discriminator, or batch_norm in the generator"
  private static let (rows, share, least) = (5, 1e-3, 1e-6)

  package init(from fields: inout Fields) {}

  package func evidence(in history: TrainingHistory) -> String? {
    let norms = history.metric(.generatorGradientNorm)
    guard let last = norms.last(VanishedGradients.rows), let most = last.max(),
      most < max(VanishedGradients.least, VanishedGradients.share * (norms.earlyMedian ?? 0))
    else { return nil }
    return
      "the generator's gradient has a norm of \(Decimals.short(most)), at first \(Decimals.short(norms.earlyMedian ?? most))"
  }
}
