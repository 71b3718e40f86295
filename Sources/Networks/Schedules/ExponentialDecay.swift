import Compute
import Specs

/// r d^(t / n) with r `initial_learning_rate`, d `decay_rate` and n `decay_steps`; with `staircase` t / n is rounded down.
package struct ExponentialDecay: Schedule {
  package static let name = "exponential_decay"
  package static let summary = "exponential decay: the rate times decay_rate after every decay_steps steps"
  package static let alsoCalled = ["exponential"]
  package let warmup: Warmup
  let decay: DecayFields
  let factor: Double
  let isStaircase: Bool

  package init(from fields: inout Fields) {
    decay = DecayFields(from: &fields)
    factor = fields.number("decay_rate", in: .openClosed(0, 1), "the factor of the rate after decay_steps steps")
    isStaircase = fields.boolean("staircase", default: false, "change only every decay_steps steps")
    warmup = Warmup(from: &fields)
  }

  package func rate(after steps: Int) -> Double {
    let passed = Double(steps) / Double(decay.steps)
    return decay.initial * CorrectlyRounded.power(factor, isStaircase ? passed.rounded(.down) : passed)
  }
}
