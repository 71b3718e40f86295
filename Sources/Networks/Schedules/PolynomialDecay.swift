import Compute
import Specs

/// (r - e) (1 - t / n)^p + e up to step n, then e = `end_learning_rate`; linear with `power` 1.
package struct PolynomialDecay: Schedule {
  package static let name = "polynomial_decay"
  package static let summary = "polynomial decay, by default linear, to end_learning_rate"
  package static let alsoCalled = ["linear_decay"]
  package let warmup: Warmup
  let decay: DecayFields
  let end: Double
  let power: Double

  package init(from fields: inout Fields) {
    decay = DecayFields(from: &fields)
    end = fields.number("end_learning_rate", in: .atLeast(0), default: 1e-4, "the last rate")
    power = fields.number("power", in: .above(0), default: 1, "1 for a straight line")
    warmup = Warmup(from: &fields)
  }

  package func rate(after steps: Int) -> Double {
    let passed = min(1, Double(steps) / Double(decay.steps))
    return (decay.initial - end) * CorrectlyRounded.power(1 - passed, power) + end
  }
}
