import Compute
import YAML

/// The minimax loss: the discriminator as in `non_saturating`; the generator minimises mean ln(1 - D(G(z))), which is
/// -mean softplus(s) (Goodfellow et al., "Generative Adversarial Networks", 2014).
public struct Minimax: CrossEntropyLoss {
  /// Its name in a spec.
  public static let name = "minimax"
  /// What it is.
  public static let summary = "cross-entropy; the generator minimises ln(1 - D(G(z)))"
  /// What the discriminator learns.
  public let labelFields: LabelFields

  /// Reads its fields.
  public init(from fields: inout Fields) { labelFields = LabelFields(from: &fields) }

  /// The negative of the discriminator's loss on generated samples.
  public func generator(_ score: Tensor, beside real: Tensor?, at site: inout LossSite) -> Tensor {
    -score.softplus().mean()
  }
}
