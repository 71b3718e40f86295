/// Earlier trials, parted into the good ones and the others, each in the order of their numbers.
///
/// Good are the first min(ceil(n / 10), 25) of the n ended trials: complete ones by value, failures last, then stopped ones, those
/// that came further first and those of one step by value; equals by number. Running trials are among the others.
package struct TrialSplit: Sendable {
  /// How many trials have ended.
  package let ended: Int
  package let good: [Assignment]
  package let others: [Assignment]

  package init(_ observations: [Observation], goal: Goal) {
    let ranked = observations.compactMap { observation -> (rank: (Int, Double, Int), assignment: Assignment)? in
      switch observation.outcome {
      case .running: nil
      case .complete(let value): ((Int.min, goal.loss(value), observation.trial), observation.assignment)
      case .stopped(let step, let value): ((-step, goal.loss(value), observation.trial), observation.assignment)
      }
    }.sorted { $0.rank < $1.rank }
    ended = ranked.count
    let best = Set(ranked.prefix(TrialSplit.goodCount(of: ranked.count)).map(\.rank.2))
    let sorted = observations.sorted { $0.trial < $1.trial }
    good = sorted.filter { best.contains($0.trial) }.map(\.assignment)
    others = sorted.filter { !best.contains($0.trial) }.map(\.assignment)
  }

  /// Trials that are parted already.
  package init(good: [Assignment], others: [Assignment]) {
    (self.good, self.others, ended) = (good, others, good.count + others.count)
  }

  /// min(ceil(n / 10), 25).
  package static func goodCount(of count: Int) -> Int { min((count + 9) / 10, 25) }
}
