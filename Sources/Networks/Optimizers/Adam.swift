import Compute
import Specs

/// m <- m + (g - m)(1 - beta1); v <- v + (g^2 - v)(1 - beta2); p <- p - a_t m / (sqrt(v) + epsilon) with
/// a_t = a sqrt(1 - beta2^t) / (1 - beta1^t) at the t-th update (Kingma and Ba, "Adam: A Method for Stochastic
/// Optimization", 2015, in the form of the end of its section 2, which Keras uses).
package struct Adam: Optimizer {
  package static let name = "adam"
  package static let summary =
    "Adam: the moving average of the gradient, divided by the square root of that of its square"
  package let clipping: GradientClipping
  let moving: AdamMoments

  package init(from fields: inout Fields) {
    moving = AdamMoments(from: &fields)
    clipping = GradientClipping(from: &fields)
  }

  package var moments: [String] { AdamMoments.names }
  package func fusedRule(moment: (String) -> Variable) -> UpdateRule? { moving.rule(moment) }
  /// (a_t, 0).
  package func settings(update count: UInt64, step: Int) -> (size: Float, decay: Float) {
    (Float(moving.stepSize(count, step: step)), 0)
  }
}

extension Adam {
  /// p - a_t m / (sqrt(v) + epsilon).
  package func update(
    _ parameter: Tensor, gradient: Tensor, moments: inout [String: Tensor], at site: UpdateSite
  ) -> Tensor {
    let change = moving.change(gradient, &moments, at: site)
    return parameter - change * site.size
  }

  /// It is where gradients are not clipped.
  package var isUnrollable: Bool { clipping == .none }
}

/// Adam with a decay of the parameters that does not pass through its moments: p <- p - a lambda p before each step
/// of `adam`, lambda being `weight_decay` (Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2019).
package struct AdamW: Optimizer {
  package static let name = "adamw"
  package static let summary = "adam with decoupled weight decay"
  package let clipping: GradientClipping
  let moving: AdamMoments
  let weightDecay: Double

  package init(from fields: inout Fields) {
    moving = AdamMoments(from: &fields)
    weightDecay = fields.number(
      .weightDecay, in: .atLeast(0), default: 4e-3, "decoupled weight decay lambda; a step takes a lambda p off")
    clipping = GradientClipping(from: &fields)
  }

  package var moments: [String] { AdamMoments.names }
  package func fusedRule(moment: (String) -> Variable) -> UpdateRule? { moving.rule(moment) }
  /// p - a lambda p - a_t m / (sqrt(v) + epsilon).
  package func update(
    _ parameter: Tensor, gradient: Tensor, moments: inout [String: Tensor], at site: UpdateSite
  ) -> Tensor {
    let change = moving.change(gradient, &moments, at: site)
    return site.decayed(parameter, by: change)
  }
  /// (a_t, a lambda).
  package func settings(update count: UInt64, step: Int) -> (size: Float, decay: Float) {
    (Float(moving.stepSize(count, step: step)), Float(moving.learningRate.value(step: step) * weightDecay))
  }
}

/// What Adam and AdamW share.
struct AdamMoments: Sendable {
  static let names = ["adam.first", "adam.second"]
  let learningRate: LearningRate
  let beta1: Double
  let beta2: Double
  let epsilon: Double

  init(from fields: inout Fields) {
    learningRate = LearningRate(from: &fields, default: 1e-3, isPace: true)
    (beta1, beta2) = fields.betas(
      (0.9, "the decay rate of the moving average of the gradient"),
      (0.999, "the decay rate of the moving average of the squared gradient"))
    epsilon = fields.number(.epsilon, in: .above(0), default: 1e-7, "added to the root of the mean square")
  }

  func rule(_ moment: (String) -> Variable) -> UpdateRule {
    .adam(
      first: moment("adam.first"), second: moment("adam.second"), beta1: beta1, beta2: beta2,
      epsilon: epsilon)
  }

  /// m / (sqrt(v) + epsilon), the moments moved before.
  ///
  /// The root is of v + 1e-20, which has a gradient where v is 0.
  func change(_ gradient: Tensor, _ moments: inout [String: Tensor], at site: UpdateSite) -> Tensor {
    let first = site.follow(moments[AdamMoments.names[0]], gradient, beta: beta1)
    let second = site.follow(moments[AdamMoments.names[1]], gradient.square(), beta: beta2)
    moments = [AdamMoments.names[0]: first, AdamMoments.names[1]: second]
    let root = (second + 1e-20).squareRoot()
    return first / (root + Float(epsilon))
  }

  /// a_t, computed in Double.
  func stepSize(_ count: UInt64, step: Int) -> Double {
    let t = Double(count)
    return learningRate.value(step: step) * (1 - CorrectlyRounded.power(beta2, t)).squareRoot()
      / (1 - CorrectlyRounded.power(beta1, t))
  }
}
