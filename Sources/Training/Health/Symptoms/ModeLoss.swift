import Evaluation
import Networks
import Specs

/// A generator that makes some kinds of samples no more, or never made them.
///
/// It shows where coverage has been below a half of its best value, which was above 0.05, in three evaluations; of mixtures where
/// mode_variation, the total variation of the modes from equal shares, is between 0.25 and 0.8 in three evaluations, after fifteen.
package struct ModeLoss: Symptom {
  package static let name = "mode_loss"
  package static let summary = "some kinds of samples are made no more, or never were"
  package static let evaluationColumns = ["coverage", "mode_variation"]
  package static let remedy = "packing, unrolled_steps, minibatch_discrimination, or a larger batch_size"
  private static let rows = 3

  package init(from fields: inout Fields) {}

  package func evidence(in history: TrainingHistory) -> String? {
    let coverage = history.evaluation("coverage")
    if let last = coverage.last(ModeLoss.rows), let most = last.max(), coverage.most > 0.05, most < coverage.most / 2 {
      return "\(Percent.text(most)) of the real samples have a generated one near, once \(Percent.text(coverage.most))"
    }
    let variation = history.evaluation("mode_variation")
    if let last = variation.last(ModeLoss.rows), let least = last.min(), let most = last.max(), least > 0.25,
      most < 0.8,
      variation.count >= 15
    {
      return "\(Percent.text(least)) of the samples lie about modes that should have fewer"
    }
    return nil
  }
}
