import Networks
import Specs

/// r / (1 + d t / n) with r `initial_learning_rate`, d `decay_rate` and n `decay_steps`, as in Keras.
package struct InverseTimeDecay: Schedule {
  package static let name = "inverse_time_decay"
  package static let summary = "the rate falls as one over the steps"
  package let warmup: Warmup
  let initial: Double
  let steps: Int
  let decay: Double

  package init(from fields: inout Fields) {
    initial = fields.number("initial_learning_rate", in: .above(0), "the first rate")
    steps = fields.integer("decay_steps", in: 1...1_000_000_000, "training steps of the decay, after the warm-up")
    decay = fields.number("decay_rate", in: .above(0), "d; after decay_steps steps the rate is the first over 1 + d")
    warmup = Warmup(from: &fields)
  }

  package func rate(after steps: Int) -> Double {
    initial / (1 + decay * Double(steps) / Double(self.steps))
  }
}
