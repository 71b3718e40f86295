import Specs

/// A learning rate that changes with the steps of training; all updates of a step have the same.
package protocol Schedule: CatalogItem {
  /// How it begins.
  var warmup: Warmup { get }
  /// The rate after so many steps since the warm-up's end.
  func rate(after steps: Int) -> Double
}

extension Schedule {
  static var entry: Catalog<any Schedule>.Entry {
    Catalog<any Schedule>.Entry(Self.self) { fields in Self(from: &fields) }
  }
}

/// The schedules that a spec can name, with Keras's names and formulas.
package enum ScheduleCatalog {
  /// Every schedule, one line each.
  package static let all = Catalog<any Schedule>(
    noun: "schedule",
    [
      ExponentialDecay.entry,
      CosineDecay.entry,
      PolynomialDecay.entry,
      PiecewiseConstantDecay.entry,
    ])
}

/// A linear rise from 0 to the schedule's first rate, which then begins: n steps after the training's beginning the schedule is where
/// it would be at its own, as in Keras.
package struct Warmup: Sendable {
  let steps: Int

  /// Reads `warmup_steps`.
  package init(from fields: inout Fields) {
    steps = fields.integer(
      FieldName("warmup_steps", alsoCalled: ["warmup"]), in: 0...1_000_000_000, default: 0,
      "steps in which the rate rises linearly from 0 to its first value; the schedule begins after them")
  }
}

extension Schedule {
  /// The rate of a training step, from 1: that after step - 1 steps.
  package func rate(step: Int) -> Double {
    let passed = step - 1
    if passed < warmup.steps { return rate(after: 0) * Double(passed) / Double(warmup.steps) }
    return rate(after: passed - warmup.steps)
  }
}

/// The fields of most schedules.
struct DecayFields: Sendable {
  let initial: Double
  let steps: Int

  /// Reads `initial_learning_rate` and `decay_steps`.
  init(from fields: inout Fields) {
    initial = fields.number("initial_learning_rate", in: .above(0), "the first rate")
    steps = fields.integer("decay_steps", in: 1...1_000_000_000, "training steps of the decay, after the warm-up")
  }
}
