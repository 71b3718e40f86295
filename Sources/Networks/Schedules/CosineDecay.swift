import Compute
import Specs

/// r ((1 - alpha) (1 + cos(pi t / n)) / 2 + alpha) up to step n, then r alpha (Loshchilov and Hutter, "SGDR: Stochastic Gradient
/// Descent with Warm Restarts", 2017, without restarts).
package struct CosineDecay: Schedule {
  package static let name = "cosine_decay"
  package static let summary = "cosine annealing: the rate falls along half a cosine to alpha times the first"
  package static let alsoCalled = ["cosine"]
  package let warmup: Warmup
  let decay: DecayFields
  let alpha: Double

  package init(from fields: inout Fields) {
    decay = DecayFields(from: &fields)
    alpha = fields.number("alpha", in: .closed(0, 1), default: 0, "the last rate over the first")
    warmup = Warmup(from: &fields)
  }

  package func rate(after steps: Int) -> Double {
    let passed = min(1, Double(steps) / Double(decay.steps))
    return decay.initial * ((1 - alpha) * 0.5 * (1 + CorrectlyRounded.cosine(.pi * passed)) + alpha)
  }
}
