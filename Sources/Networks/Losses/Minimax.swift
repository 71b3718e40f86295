import Compute
import Specs

/// The minimax loss: the discriminator as in `non_saturating`; the generator minimises mean ln(1 - D(G(z))), which is
/// -mean softplus(s) (Goodfellow et al., "Generative Adversarial Networks", 2014).
package struct Minimax: CrossEntropyLoss {
  package static let name = "minimax"
  package static let summary = "cross-entropy; the generator minimises ln(1 - D(G(z)))"
  package static let alsoCalled = ["saturating", "mm"]
  package let labelFields: LabelFields

  package init(from fields: inout Fields) { labelFields = LabelFields(from: &fields) }

  /// The negative of the discriminator's loss on generated samples.
  package func generator(_ score: Tensor, beside real: Tensor, at site: inout LossSite) -> Tensor {
    -score.softplus().mean()
  }
}
