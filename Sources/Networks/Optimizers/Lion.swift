import Compute
import Specs

/// c = sign(beta1 m + (1 - beta1) g); p <- p - a (c + lambda p); m <- beta2 m + (1 - beta2) g (Chen, Liang, Huang, Real, Wang,
/// Pham, Dong, Luong, Hsieh, Lu and Le, "Symbolic Discovery of Optimization Algorithms", 2023, algorithm 2).
package struct Lion: Optimizer {
  package static let name = "lion"
  package static let summary = "sign momentum: steps of one size along the sign of a moving average of the gradient"
  package let clipping: GradientClipping
  let learningRate: LearningRate
  let beta1: Double
  let beta2: Double
  let weightDecay: Double

  package init(from fields: inout Fields) {
    learningRate = LearningRate(from: &fields, default: 1e-4, isPace: true)
    (beta1, beta2) = fields.betas(
      (0.9, "the share of the moving average in the direction of a step"),
      (0.99, "the decay rate of the moving average"))
    weightDecay = fields.number(
      .weightDecay, in: .atLeast(0), default: 0, "decoupled weight decay lambda; a step takes a lambda p off")
    clipping = GradientClipping(from: &fields)
  }

  package var moments: [String] { ["lion.first"] }

  /// p - a lambda p - a sign(beta1 m + (1 - beta1) g).
  package func update(
    _ parameter: Tensor, gradient: Tensor, moments: inout [String: Tensor], at site: UpdateSite
  ) -> Tensor {
    let direction = site.follow(moments["lion.first"], gradient, beta: beta1)
    moments["lion.first"] = site.follow(moments["lion.first"], gradient, beta: beta2)
    return site.decayed(parameter, by: direction.sign())
  }

  /// (a, a lambda).
  package func settings(update count: UInt64, step: Int) -> (size: Float, decay: Float) {
    let rate = learningRate.value(step: step)
    return (Float(rate), Float(rate * weightDecay))
  }
}
