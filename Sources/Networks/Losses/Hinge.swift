import Compute
import Specs

/// The hinge loss: real mean max(0, 1 - r), generated mean max(0, 1 + g), generator -mean g (Lim and Ye, "Geometric GAN",
/// 2017; Miyato et al., "Spectral Normalization for Generative Adversarial Networks", 2018).
package struct Hinge: Loss {
  package static let name = "hinge"
  package static let summary =
    "hinge loss: margins of +1 for real and -1 for generated scores; the generator maximizes its mean score"
  package static let alsoCalled = ["hinge_loss"]

  package init(from fields: inout Fields) {}

  /// The middle of the margin.
  package var threshold: Float? { 0 }

  /// mean max(0, 1 - r).
  package func real(_ score: Tensor, beside generated: Tensor?, at site: inout LossSite) -> Tensor {
    MarginCost.hinge.values(score).mean()
  }

  /// mean max(0, 1 + g).
  package func generated(_ score: Tensor, beside real: Tensor?, at site: inout LossSite) -> Tensor? {
    MarginCost.hinge.values(-score).mean()
  }

  /// -mean g.
  package func generator(_ score: Tensor, beside real: Tensor, at site: inout LossSite) -> Tensor {
    -score.mean()
  }
}
