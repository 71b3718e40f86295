import Specs

/// A learning rate: a number, or a schedule over the steps of training.
package enum LearningRate: Sendable {
  /// The same in every step.
  case constant(Double)
  /// By the step.
  case schedule(any Schedule)

  /// Reads `learning_rate`.
  /// - Parameter isPace: whether a step moves every parameter by about so much, whatever the gradient, so that a large
  ///   rate is warned of.
  package init(from fields: inout Fields, default standard: Double, isPace: Bool = false) {
    switch fields.numberOrItem(
      FieldName("learning_rate", alsoCalled: ["lr"], example: "2e-4"), in: .above(0), of: ScheduleCatalog.all,
      default: standard, "the step size")
    {
    case .number(let rate): self = .constant(rate)
    case .item(let schedule): self = .schedule(schedule)
    }
    if isPace { warn(fields) }
  }

  /// No parameter of a network that is of any use is so far from 0 that larger steps lead anywhere.
  private static let largest = 0.1

  /// Warns of a rate that is too large for any network: of a schedule, of the largest at its beginning and long after.
  private func warn(_ fields: Fields) {
    let steps = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000]
    let rate = steps.map { value(step: $0) }.max() ?? 0
    guard rate >= LearningRate.largest else { return }
    // Of 2e4 the sign of the exponent may be missing.
    var (mantissa, exponent) = (rate, 0)
    while mantissa >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    let meant = exponent > 1 ? "\(NumberRange.text(mantissa))e-\(exponent)" : nil
    let text = NumberRange.text(rate)
    fields.warning(
      "with \(fields.subject) a learning rate of \(text) moves every parameter by about \(text) a step",
      at: "learning_rate", remedy: meant.map { "did you mean \($0)?" } ?? "1e-5 to 1e-2 are usual")
  }

  /// The rate at training step `step`, from 1.
  package func value(step: Int) -> Double {
    switch self {
    case .constant(let rate): rate
    case .schedule(let schedule): schedule.rate(step: step)
    }
  }
}
