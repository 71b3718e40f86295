import Compute
import Specs

/// v <- rho v + (1 - rho) g^2; p <- p - a g / sqrt(v + epsilon); with momentum b <- mu b + a g / sqrt(v + epsilon) and
/// p <- p - b (Tieleman and Hinton, "Neural Networks for Machine Learning", lecture 6.5, 2012).
package struct RMSprop: Optimizer {
  package static let name = "rmsprop"
  package static let summary = "the gradient over the root of a moving average of its square"
  package let clipping: GradientClipping
  let learningRate: LearningRate
  let rho: Double
  let momentum: Double
  let epsilon: Double

  package init(from fields: inout Fields) {
    learningRate = LearningRate(from: &fields, default: 1e-3, isPace: true)
    rho = fields.number(
      FieldName("rho", alsoCalled: ["alpha"]), in: .halfOpen(0, 1), default: 0.9,
      "the decay rate of the moving average of the squared gradient")
    momentum = fields.number(.momentum, in: .halfOpen(0, 1), default: 0, "the share of the last change that is kept")
    epsilon = fields.number(.epsilon, in: .above(0), default: 1e-7, "added to the mean square")
    clipping = GradientClipping(from: &fields)
  }

  /// `rmsprop.second` and, with momentum, `rmsprop.velocity`.
  package var moments: [String] { momentum > 0 ? ["rmsprop.second", "rmsprop.velocity"] : ["rmsprop.second"] }
  package func fusedRule(moment: (String) -> Variable) -> UpdateRule? {
    .rmsProp(
      second: moment("rmsprop.second"), velocity: momentum > 0 ? moment("rmsprop.velocity") : nil, rho: rho,
      momentum: momentum, epsilon: epsilon)
  }
  /// p - a g / sqrt(v + epsilon), or with momentum p - b.
  package func update(
    _ parameter: Tensor, gradient: Tensor, moments: inout [String: Tensor], at site: UpdateSite
  ) -> Tensor {
    let second = site.follow(moments["rmsprop.second"], gradient.square(), beta: rho)
    moments["rmsprop.second"] = second
    let root = (second + Float(epsilon)).squareRoot()
    let change = gradient / root * site.size
    guard let old = moments["rmsprop.velocity"] else { return parameter - change }
    let velocity = Float(momentum) * old + change
    moments["rmsprop.velocity"] = velocity
    return parameter - velocity
  }
  /// (a, 0).
  package func settings(update count: UInt64, step: Int) -> (size: Float, decay: Float) {
    (Float(learningRate.value(step: step)), 0)
  }
}
