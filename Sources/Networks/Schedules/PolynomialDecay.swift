import Glibc
import YAML

/// (r - e) (1 - t / n)^p + e up to step n, then e = `end_learning_rate`; linear with `power` 1.
public struct PolynomialDecay: Schedule {
  /// Its name in a spec.
  public static let name = "polynomial_decay"
  /// What it does.
  public static let summary = "the rate falls along a polynomial, by default a straight line"
  /// How it begins.
  public let warmup: Warmup
  let decay: DecayFields
  let end: Double
  let power: Double

  /// Reads its fields.
  public init(from fields: inout Fields) {
    decay = DecayFields(from: &fields)
    end = fields.number("end_learning_rate", in: .atLeast(0), default: 1e-4, "the last rate")
    power = fields.number("power", in: .above(0), default: 1, "1 for a straight line")
    warmup = Warmup(from: &fields)
  }

  /// The rate after so many steps.
  public func rate(after steps: Int) -> Double {
    let passed = min(1, Double(steps) / Double(decay.steps))
    return (decay.initial - end) * pow(1 - passed, power) + end
  }
}
