import Compute
import YAML

/// The minimax loss: the discriminator as in `non_saturating`; the generator minimises mean ln(1 - D(G(z))), which is
/// -mean softplus(s) (Goodfellow et al., "Generative Adversarial Networks", 2014).
public struct Minimax: CrossEntropyLoss {
  /// Its name in a spec.
  public static let name = "minimax"
  /// What it is.
  public static let summary = "cross-entropy; the generator minimises ln(1 - D(G(z)))"
  /// How far the label of real samples lies below 1: at least 0 and below 0.5.
  public let labelSmoothing: Float

  /// Reads its fields.
  public init(from fields: inout Fields) {
    labelSmoothing = Self.labelSmoothing(from: &fields)
  }

  /// The negative of the discriminator's loss on generated samples.
  public func generator(_ score: Tensor, in graph: inout Graph) -> Tensor {
    graph.scale(graph.mean(graph.softplus(score)), by: -1)
  }
}
