import Compute
import Specs

/// What normalizing layers have in common: features scaled and shifted by trained vectors after their mean was taken
/// away and their deviation divided out.
struct Normalization: Sendable {
  let epsilon: Float
  let centers: Bool
  let scales: Bool

  init(from fields: inout Fields) {
    epsilon = Float(fields.number(.epsilon, in: .above(0), default: 1e-3, "added to the variance"))
    (centers, scales) = Normalization.affineFields(from: &fields)
  }

  /// Reads `center` and `scale`.
  static func affineFields(from fields: inout Fields) -> (centers: Bool, scales: Bool) {
    (
      fields.boolean("center", default: true, "add a trained beta"),
      fields.boolean("scale", default: true, "multiply by a trained gamma")
    )
  }

  /// The mean over neighbouring axes, which stay with the extent 1.
  static func mean(_ x: Tensor, over axes: Range<Int>) -> Tensor {
    let kept = x.shape.axes.indices.map { axes.contains($0) ? 1 : x.shape[$0] }
    return x.mean(over: axes).reshaped(to: Shape(kept))
  }

  /// (x - mean) / sqrt(variance + epsilon), both over neighbouring axes.
  func normalized(_ x: Tensor, over axes: Range<Int>) -> Tensor {
    let centered = x - Normalization.mean(x, over: axes)
    let variance = Normalization.mean(centered.square(), over: axes)
    return centered / deviation(variance)
  }

  /// sqrt(variance + epsilon).
  func deviation(_ variance: Tensor) -> Tensor {
    (variance + epsilon).squareRoot()
  }

  /// gamma x + beta for each feature, the last axis.
  func finish(_ x: Tensor, at site: inout LayerSite) -> Tensor {
    let features = x.shape.axes.last ?? 1
    var y = x
    if scales {
      y = y * site.parameter("gamma", as: .scale, [features], Ones(), fans: .vector(features))
    }
    if centers {
      y = y + site.parameter("beta", as: .shift, [features], Zeros(), fans: .vector(features))
    }
    return y
  }
}
