import Compute
import Specs

/// Gradient descent: p <- p - a g; with momentum u <- mu u - a g and p <- p + u (Polyak, 1964); with `nesterov`
/// p <- p + mu u - a g (Nesterov, 1983).
package struct SGD: Optimizer {
  package static let name = "sgd"
  package static let summary = "stochastic gradient descent, with momentum if asked"
  package let clipping: GradientClipping
  let learningRate: LearningRate
  let momentum: Double
  let isNesterov: Bool

  package init(from fields: inout Fields) {
    learningRate = LearningRate(from: &fields, default: 0.01)
    momentum = fields.number(.momentum, in: .halfOpen(0, 1), default: 0, "the share of the last change that is kept")
    isNesterov = fields.boolean("nesterov", default: false, "Nesterov's momentum")
    clipping = GradientClipping(from: &fields)
    if isNesterov && momentum == 0 {
      fields.error("nesterov needs a momentum", at: "nesterov", remedy: "give momentum: 0.9, say")
    }
  }

  /// `sgd.velocity` with momentum, else none.
  package var moments: [String] { momentum > 0 ? ["sgd.velocity"] : [] }
  package func fusedRule(moment: (String) -> Variable) -> UpdateRule? {
    .gradientDescent(
      velocity: momentum > 0 ? moment("sgd.velocity") : nil, momentum: momentum, isNesterov: isNesterov)
  }
  /// (a, 0).
  package func settings(update count: UInt64, step: Int) -> (size: Float, decay: Float) {
    (Float(learningRate.value(step: step)), 0)
  }

  /// p - a g; with momentum p + u, or by Nesterov p + mu u - a g.
  package func update(
    _ parameter: Tensor, gradient: Tensor, moments: inout [String: Tensor], at site: UpdateSite
  ) -> Tensor {
    let change = gradient * site.size
    guard let old = moments["sgd.velocity"] else { return parameter - change }
    let velocity = Float(momentum) * old - change
    moments["sgd.velocity"] = velocity
    guard isNesterov else { return parameter + velocity }
    return parameter + (Float(momentum) * velocity - change)
  }

  /// It is without momentum, where gradients are not clipped.
  package var isUnrollable: Bool { momentum == 0 && clipping == .none }
}
