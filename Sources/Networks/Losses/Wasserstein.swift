import Compute
import YAML

/// The Wasserstein loss: real -mean r, generated mean g, generator -mean g; minus the discriminator's loss estimates the
/// earth mover's distance as long as something keeps the discriminator Lipschitz: `weight_clipping`, `gradient_penalty` or
/// `spectral_norm` (Arjovsky et al., "Wasserstein Generative Adversarial Networks", 2017).
public struct Wasserstein: Loss {
  /// Its name in a spec.
  public static let name = "wasserstein"
  /// What it is.
  public static let summary = "difference of mean scores; needs weight_clipping, gradient_penalty or spectral_norm"

  /// Reads its fields: none.
  public init(from fields: inout Fields) {}

  /// Without a bound both scores run away.
  public var needsBoundedSlope: Bool { true }

  /// -mean r.
  public func real(_ score: Tensor, beside generated: Tensor?, at site: inout LossSite) -> Tensor {
    -score.mean()
  }

  /// mean g.
  public func generated(_ score: Tensor, beside real: Tensor?, at site: inout LossSite) -> Tensor? {
    score.mean()
  }

  /// -mean g.
  public func generator(_ score: Tensor, beside real: Tensor?, at site: inout LossSite) -> Tensor {
    -score.mean()
  }
}
