import Compute
import Specs

/// The Wasserstein loss: real -mean r, generated mean g, generator -mean g; minus the discriminator's loss estimates the
/// earth mover's distance as long as something keeps the discriminator Lipschitz: `weight_clipping`, `gradient_penalty` or
/// `spectral_norm` (Arjovsky et al., "Wasserstein Generative Adversarial Networks", 2017).
package struct Wasserstein: Loss {
  package static let name = "wasserstein"
  package static let summary = "difference of mean scores; needs weight_clipping, gradient_penalty or spectral_norm"
  package static let alsoCalled = ["earth_mover", "emd"]

  package init(from fields: inout Fields) {}

  /// Without a bound both scores run away.
  package var needsBoundedSlope: Bool { true }

  /// -mean r.
  package func real(_ score: Tensor, beside generated: Tensor?, at site: inout LossSite) -> Tensor {
    -score.mean()
  }

  /// mean g.
  package func generated(_ score: Tensor, beside real: Tensor?, at site: inout LossSite) -> Tensor? {
    score.mean()
  }

  /// -mean g.
  package func generator(_ score: Tensor, beside real: Tensor, at site: inout LossSite) -> Tensor {
    -score.mean()
  }
}
