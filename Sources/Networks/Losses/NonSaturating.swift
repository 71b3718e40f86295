import Compute
import Specs

/// The non-saturating loss: the discriminator minimises the cross-entropy of its scores with the labels real = 1 -
/// `label_smoothing`, generated = 0; the generator minimises -mean ln D(G(z)), the cross-entropy with the label real = 1
/// (Goodfellow et al., "Generative Adversarial Networks", 2014; one-sided smoothing: Salimans et al., "Improved Techniques
/// for Training GANs", 2016).
package struct NonSaturating: CrossEntropyLoss {
  package static let name = "non_saturating"
  package static let summary = "cross-entropy; the generator maximises ln D(G(z))"
  package static let alsoCalled = [
    "gan", "vanilla", "vanilla_gan", "standard", "nsgan", "ns", "logistic", "cross_entropy", "bce",
    "binary_crossentropy", "binarycrossentropy", "bceloss", "bcewithlogitsloss",
  ]
  package let labelFields: LabelFields

  package init(from fields: inout Fields) { labelFields = LabelFields(from: &fields) }

  /// The cross-entropy of generated samples with the label 1.
  package func generator(_ score: Tensor, beside real: Tensor, at site: inout LossSite) -> Tensor {
    CrossEntropy.mean(score, target: 1)
  }
}
