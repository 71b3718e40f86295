/// How long a trial trains: `27 epochs` or `2000 steps`.
package struct TrainingLength: Sendable, Equatable {
  /// What is counted.
  package enum Unit: String, Sendable {
    /// Passes over the data.
    case epochs
    /// Training steps.
    case steps
  }

  /// How many.
  package let count: Int
  /// Of what.
  package let unit: Unit

  package init(count: Int, unit: Unit) { (self.count, self.unit) = (count, unit) }

  /// Reads a text; nil of one that is none.
  package init?(_ text: String) {
    let words = text.split(separator: " ")
    guard words.count == 2, let count = Int(words[0]), (1...1_000_000_000).contains(count) else { return nil }
    self.count = count
    switch words[1] {
    case "epoch", "epochs": unit = .epochs
    case "step", "steps": unit = .steps
    default: return nil
    }
  }

  /// As it is written.
  package var text: String { "\(count) \(count == 1 ? String(unit.rawValue.dropLast()) : unit.rawValue)" }
}

/// The rungs of halving: from the first to the last, each so many times as long as the one before.
package struct Rungs: Sendable, Equatable {
  /// How long all trials train.
  package let first: TrainingLength
  /// How long the best train, in the same unit.
  package let last: TrainingLength
  /// By how much the trials shrink and their training grows from rung to rung.
  package let factor: Int

  /// The lengths of the rungs.
  package var counts: [Int] { HalvingPlan.steps(from: first.count, to: last.count, factor: factor) }
}
