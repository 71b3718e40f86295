import Compute
import Networks
import Specs

/// m <- m + (1 - beta) (g - m); p <- p - a sign(m) (Bernstein et al., "signSGD: Compressed Optimisation for Non-Convex Problems",
/// 2018).
package struct Signum: Optimizer {
  package static let name = "signum"
  package static let summary = "steps of one size along the sign of a moving average of the gradient"
  package let clipping: GradientClipping
  let learningRate: LearningRate
  let beta: Double

  package init(from fields: inout Fields) {
    learningRate = LearningRate(from: &fields, default: 1e-4)
    beta = fields.number("beta", in: .halfOpen(0, 1), default: 0.9, "the decay rate of the moving average")
    clipping = GradientClipping(from: &fields)
  }

  package var moments: [String] { ["signum.first"] }

  package func update(
    _ parameter: Tensor, gradient: Tensor, moments: inout [String: Tensor], at site: UpdateSite
  ) -> Tensor {
    let average = site.follow(moments["signum.first"], gradient, beta: beta)
    moments["signum.first"] = average
    return parameter - site.size * average.sign()
  }

  /// (a, 0).
  package func settings(update count: UInt64, step: Int) -> (size: Float, decay: Float) {
    (Float(learningRate.value(step: step)), 0)
  }
}
