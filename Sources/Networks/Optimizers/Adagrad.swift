import Compute
import Specs

/// s <- s + g^2; p <- p - a g / sqrt(s + s_0 + epsilon) with s = 0 at first and s_0 = `initial_accumulator_value` (Duchi, Hazan
/// and Singer, "Adaptive Subgradient Methods for Online Learning and Stochastic Optimization", 2011, in Keras's form).
package struct Adagrad: Optimizer {
  package static let name = "adagrad"
  package static let summary = "the gradient over the root of the sum of all squared gradients"
  package let clipping: GradientClipping
  let learningRate: LearningRate
  let initial: Double
  let epsilon: Double

  package init(from fields: inout Fields) {
    learningRate = LearningRate(from: &fields, default: 1e-3)
    initial = fields.number(
      "initial_accumulator_value", in: .atLeast(0), default: 0.1, "the sum of squares at the beginning")
    epsilon = fields.number(.epsilon, in: .above(0), default: 1e-7, "added to the sum of squares")
    clipping = GradientClipping(from: &fields)
  }

  package var moments: [String] { ["adagrad.sum"] }

  /// p - a g / sqrt(s + s_0 + epsilon).
  package func update(
    _ parameter: Tensor, gradient: Tensor, moments: inout [String: Tensor], at site: UpdateSite
  ) -> Tensor {
    guard let old = moments["adagrad.sum"] else { preconditionFailure("adagrad.sum is missing") }
    let sum = old + gradient.square()
    moments["adagrad.sum"] = sum
    let root = (sum + Float(initial + epsilon)).squareRoot()
    return parameter - gradient / root * site.size
  }

  /// (a, 0).
  package func settings(update count: UInt64, step: Int) -> (size: Float, decay: Float) {
    (Float(learningRate.value(step: step)), 0)
  }
}
