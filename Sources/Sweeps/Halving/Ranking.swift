/// A trial with its value; nil and NaN are failures.
package struct Score: Sendable, Equatable {
  /// The number of the trial.
  package let trial: Int
  /// Its value.
  package let value: Double?

  /// Makes a score.
  package init(trial: Int, value: Double?) { (self.trial, self.value) = (trial, value) }

  /// The value of a trial that ran with several seeds: their mean, or a failure where one of them failed.
  package static func mean(_ values: [Double?]) -> Double? {
    let known = values.compactMap { $0 }.filter { !$0.isNaN }
    guard !known.isEmpty, known.count == values.count else { return nil }
    return known.reduce(0, +) / Double(known.count)
  }
}

/// The order of trials by their values.
package struct Ranking: Sendable {
  /// Which values are better.
  package let goal: Goal
  /// The standard error of values; two of a difference of at most twice as much count as tied.
  package let noise: Double

  /// Makes an order.
  package init(_ goal: Goal, noise: Double = 0) {
    precondition(noise >= 0)
    (self.goal, self.noise) = (goal, noise)
  }

  /// The scores from the best to the worst: by value, failures last, equals by the number of the trial.
  package func ordered(_ scores: [Score]) -> [Score] {
    scores.map { (loss: goal.loss($0.value), score: $0) }
      .sorted { ($0.loss, $0.score.trial) < ($1.loss, $1.score.trial) }.map(\.score)
  }

  /// The best scores that are no failures, at most so many.
  package func best(_ count: Int, of scores: [Score]) -> [Score] {
    Array(ordered(scores).prefix(count)).filter { goal.loss($0.value) < .infinity }
  }

  /// Those that go on: the best so many, and those that are tied with the last of them; no failures.
  package func survivors(_ count: Int, of scores: [Score]) -> [Score] {
    let best = best(count, of: scores)
    guard let last = best.last else { return [] }
    let bound = goal.loss(last.value) + 2 * noise
    guard noise > 0 else { return best }
    return ordered(scores).filter { goal.loss($0.value) < .infinity && goal.loss($0.value) <= bound }
  }
}
