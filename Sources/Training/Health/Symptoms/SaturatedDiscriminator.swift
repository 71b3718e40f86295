import Evaluation
import Networks
import Specs

/// A discriminator that tells all samples apart, so that the slope of its loss and with it the generator's gradient go to 0
/// (Arjovsky and Bottou, "Towards Principled Methods for Training Generative Adversarial Networks", 2017).
///
/// It shows where discriminator_accuracy is above 0.995 in ten rows, as it is for a few when training begins.
package struct SaturatedDiscriminator: Symptom {
  package static let name = "saturated_discriminator"
  package static let summary = "the discriminator tells all samples apart"
  package static let remedy =
    "a lower learning rate of the discriminator, dropout, spectral_norm, r1 or label_smoothing, or fewer discriminator_steps"
  private static let (rows, accuracy) = (10, 0.995)

  package init(from fields: inout Fields) {}

  package func evidence(in history: TrainingHistory) -> String? {
    guard let last = history.metric(.discriminatorAccuracy).last(SaturatedDiscriminator.rows),
      last.allSatisfy({ $0 > SaturatedDiscriminator.accuracy })
    else { return nil }
    return
      "the discriminator tells \(Percent.text(last.min() ?? 1)) of the samples apart, so that the generator learns little from it"
  }
}
