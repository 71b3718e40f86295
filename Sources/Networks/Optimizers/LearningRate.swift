import Specs

/// A learning rate: a number, or a schedule over the steps of training.
package enum LearningRate: Sendable {
  /// The same in every step.
  case constant(Double)
  /// By the step.
  case schedule(any Schedule)

  /// Reads `learning_rate`.
  package init(from fields: inout Fields, default standard: Double) {
    switch fields.numberOrItem(
      FieldName("learning_rate", alsoCalled: ["lr"], example: "2e-4"), in: .above(0), of: ScheduleCatalog.all,
      default: standard, "the step size")
    {
    case .number(let rate): self = .constant(rate)
    case .item(let schedule): self = .schedule(schedule)
    }
  }

  /// The rate at training step `step`, from 1.
  package func value(step: Int) -> Double {
    switch self {
    case .constant(let rate): rate
    case .schedule(let schedule): schedule.rate(step: step)
    }
  }
}
