import Compute
import Networks
import Specs

/// Real mean |r - 1|, generated mean |g + 1|, generator mean |g - 1|.
package struct AbsoluteDifference: Loss {
  package static let name = "absolute_difference"
  package static let summary =
    "the absolute difference of scores from their labels, 1 for real and -1 for generated samples"
  private static let margin = Column("score_margin", "the mean score of real samples less that of generated ones")
  package static let columns = [margin]
  let scale: Float

  package init(from fields: inout Fields) {
    scale = Float(fields.number("scale", in: .above(0), default: 1, "what all terms are multiplied by"))
  }

  package var threshold: Float? { 0 }

  /// With separate updates nothing is beside it, and the run has no such column.
  package func real(_ score: Tensor, beside generated: Tensor?, at site: inout LossSite) -> Tensor {
    if let generated { site.measure(AbsoluteDifference.margin, score.mean() - generated.mean()) }
    return scale * (score - 1).absolute().mean()
  }

  package func generated(_ score: Tensor, beside real: Tensor?, at site: inout LossSite) -> Tensor? {
    scale * (score + 1).absolute().mean()
  }

  package func generator(_ score: Tensor, beside real: Tensor, at site: inout LossSite) -> Tensor {
    scale * (score - 1).absolute().mean()
  }
}
