import YAML

/// A learning rate that changes with the steps of training; all updates of a step have the same.
public protocol Schedule: Sendable {
  /// Its name in a spec.
  static var name: String { get }
  /// One sentence: what it does.
  static var summary: String { get }
  /// Reads its fields.
  init(from fields: inout Fields)
  /// How it begins.
  var warmup: Warmup { get }
  /// The rate after so many steps, without warm-up.
  func rate(after steps: Int) -> Double
}

extension Schedule {
  static var entry: Catalog<any Schedule>.Entry {
    Catalog<any Schedule>.Entry(name: name, summary: summary) { fields in Self(from: &fields) }
  }
}

/// The schedules that a spec can name, with Keras's names and formulas.
public enum ScheduleCatalog {
  /// Every schedule, one line each.
  public static let all = Catalog<any Schedule>(
    noun: "schedule",
    [
      ExponentialDecay.entry,
      CosineDecay.entry,
      PolynomialDecay.entry,
      PiecewiseConstantDecay.entry,
    ])
}

/// A linear rise of the rate over the first steps.
public struct Warmup: Sendable {
  let steps: Int

  /// Reads `warmup_steps`.
  init(from fields: inout Fields) {
    steps = fields.integer(
      "warmup_steps", in: 0...1_000_000_000, default: 0, "steps over which the rate first rises linearly")
  }

  /// min(1, step / steps).
  func factor(step: Int) -> Double { steps == 0 ? 1 : min(1, Double(step) / Double(steps)) }
}

/// The fields of most schedules.
struct DecayFields: Sendable {
  let initial: Double
  let steps: Int

  /// Reads `initial_learning_rate` and `decay_steps`.
  init(from fields: inout Fields) {
    initial = fields.number("initial_learning_rate", in: .above(0), "the first rate")
    steps = fields.integer("decay_steps", in: 1...1_000_000_000, "training steps of the decay")
  }
}
