import Compute
import YAML

/// The loss of an energy-based GAN: the discriminator is an autoencoder whose mean squared error E is low for real samples and
/// at least `margin` for generated ones: real mean E(x), generated mean max(0, margin - E(G(z))), generator mean E(G(z)) (Zhao
/// et al., "Energy-based Generative Adversarial Network", 2017).
public struct EnergyBased: Loss {
  /// Its name in a spec.
  public static let name = "energy_based"
  /// What it is.
  public static let summary =
    "EBGAN: the discriminator is an autoencoder, with a low error on real samples and one of at least margin on generated ones"
  let margin: Float

  /// Reads its fields.
  public init(from fields: inout Fields) {
    margin = Float(
      fields.number("margin", in: .above(0), default: 10, "the error beyond which a generated sample costs nothing"))
  }

  /// The sample again.
  public var output: DiscriminatorOutput { .reconstruction(.squared) }
  /// Half of the margin.
  public var threshold: Float? { -margin / 2 }

  /// mean E(x).
  public func real(_ score: Tensor, beside generated: Tensor?, at site: inout LossSite) -> Tensor {
    -score.mean()
  }

  /// mean max(0, margin - E(G(z))).
  public func generated(_ score: Tensor, beside real: Tensor?, at site: inout LossSite) -> Tensor? {
    (score + margin).relu().mean()
  }

  /// mean E(G(z)).
  public func generator(_ score: Tensor, beside real: Tensor?, at site: inout LossSite) -> Tensor {
    -score.mean()
  }
}
