import Evaluation
import Networks
import Specs

/// A generator that makes nearly the same sample of every latent point.
///
/// It shows where in three evaluations diversity is below 0.1, after five of them or after one above 0.2; of mixtures where
/// mode_variation, the total variation of the modes from equal shares, is above 0.8.
package struct Collapse: Symptom {
  package static let name = "collapse"
  package static let summary = "nearly the same sample is made of every latent point"
  package static let evaluationColumns = ["diversity", "mode_variation"]
  package static let remedy =
    "a lower learning rate of the generator, a loss that keeps its slope (wasserstein with gradient_penalty), packing, or minibatch_discrimination"
  private static let rows = 3

  package init(from fields: inout Fields) {}

  package func evidence(in history: TrainingHistory) -> String? {
    let diversity = history.evaluation("diversity")
    if let last = diversity.last(Collapse.rows), let most = last.max(), most < 0.1,
      diversity.count >= 5 || diversity.most > 0.2
    {
      return "samples differ by \(Percent.text(most)) of what real ones differ by"
    }
    let variation = history.evaluation("mode_variation")
    if let last = variation.last(Collapse.rows), let least = last.min(), least > 0.8, variation.count >= 5 {
      return "samples lie about a few modes only, \(Percent.text(least)) of them where there should be none"
    }
    return nil
  }
}
