import Compute
import Specs

/// The loss of an energy-based GAN: the discriminator is an autoencoder whose mean squared error E is low for real samples and
/// at least `margin` for generated ones: real mean E(x), generated mean max(0, margin - E(G(z))), generator mean E(G(z)) (Zhao
/// et al., "Energy-based Generative Adversarial Network", 2017).
package struct EnergyBased: Loss {
  package static let name = "energy_based"
  package static let summary =
    "EBGAN: the discriminator is an autoencoder, with a low error on real samples and one of at least margin on generated ones"
  let margin: Float

  package init(from fields: inout Fields) {
    margin = Float(
      fields.number("margin", in: .above(0), default: 10, "the error beyond which a generated sample costs nothing"))
  }

  /// The sample again.
  package var output: DiscriminatorOutput { .reconstruction(.squared) }
  /// Half of the margin.
  package var threshold: Float? { -margin / 2 }

  /// mean E(x).
  package func real(_ score: Tensor, beside generated: Tensor?, at site: inout LossSite) -> Tensor {
    -score.mean()
  }

  /// mean max(0, margin - E(G(z))).
  package func generated(_ score: Tensor, beside real: Tensor?, at site: inout LossSite) -> Tensor? {
    (score + margin).relu().mean()
  }

  /// mean E(G(z)).
  package func generator(_ score: Tensor, beside real: Tensor, at site: inout LossSite) -> Tensor {
    -score.mean()
  }
}
