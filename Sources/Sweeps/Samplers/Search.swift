import Compute

/// What the assignments of a sweep follow from, beside the sampler.
package struct Search: Sendable {
  /// The parameters.
  package let space: Space
  /// The seed of the sweep.
  package let seed: UInt64
  /// How many trials there are to be.
  package let trials: Int
  /// How many trials are thought of as running at once, whatever the machine does.
  package let parallel: Int
  /// Which values are better.
  package let goal: Goal

  /// Makes a search.
  package init(space: Space, seed: UInt64, trials: Int, parallel: Int = 1, goal: Goal = .minimize) {
    precondition(trials >= 1 && parallel >= 1)
    (self.space, self.seed, self.trials, self.parallel, self.goal) = (space, seed, trials, parallel, goal)
  }

  /// A uniform number of a stream in [0, 1): of the words w of index 2i and v of index 2i + 1, ((2^32 w + v) >> 11) 2^-53.
  func uniform(_ stream: String, trial: Int) -> Double { uniforms(stream, trial: trial, count: 1)[0] }

  /// The first uniform numbers of a stream.
  func uniforms(_ stream: String, trial: Int, count: Int) -> [Double] {
    let words = Random(seed: seed).bits(stream: stream, step: UInt32(truncatingIfNeeded: trial), count: 2 * count)
    return (0..<count).map { index in
      Double((UInt64(words[2 * index]) << 32 | UInt64(words[2 * index + 1])) >> 11) * 0x1p-53
    }
  }

  /// A coordinate of each parameter for a trial: uniform numbers of the streams `sweep/parameter/KEY`.
  func point(of trial: Int) -> [Double] {
    space.parameters.map { uniform("sweep/parameter/\($0.key)", trial: trial) }
  }
}

/// An earlier trial as a sampler sees it.
package struct Observation: Sendable {
  /// What came of a trial.
  package enum Outcome: Sendable {
    /// It is not at its end.
    case running
    /// It ended with a value; nil and NaN are failures.
    case complete(Double?)
    /// It was stopped at a step with the value of that step.
    case stopped(step: Int, Double?)
  }

  /// The number of the trial, from 0.
  package let trial: Int
  /// Its assignment.
  package let assignment: Assignment
  /// What came of it.
  package let outcome: Outcome

  /// Makes an observation.
  package init(trial: Int, assignment: Assignment, outcome: Outcome) {
    (self.trial, self.assignment, self.outcome) = (trial, assignment, outcome)
  }
}
