import Compute
import Networks

/// A regularizer of an experiment, with what it keeps.
struct ActiveRegularizer: Sendable {
  /// The regularizer.
  let regularizer: any Regularizer
  /// Its variables, in blocks named `regularization.N`.
  let variables: KeptVariables

  /// Adds its variables to the layout.
  init(
    _ regularizer: any Regularizer, number: Int, generator: Network, discriminator: Network, layout: inout StateLayout
  ) {
    self.regularizer = regularizer
    let mirrored = [
      regularizer.mirrored.contains(.generator) ? generator : nil,
      regularizer.mirrored.contains(.discriminator) ? discriminator : nil,
    ].compactMap { $0 }
    variables = KeptVariables(
      regularizer.kept, mirroring: mirrored, owner: "regularization.\(number)", layout: &layout)
  }

  /// Whether it counts in a step, from 1.
  func isDue(at step: Int) -> Bool { (step - 1) % regularizer.every == 0 }
}

extension Experiment {
  /// The numbers of the regularizers that count in a step, from 1.
  func regularizers(dueAt step: Int) -> Set<Int> {
    Set(regularizers.indices.filter { regularizers[$0].isDue(at: step) })
  }

  /// Every set of regularizers that is due in some step, with the first such step; that of all of them first.
  var dueSets: [Set<Int>] {
    var sets: [Set<Int>] = []
    // After the least common multiple all repeats; what comes later than the run's end does not matter.
    var period = 1
    for regularizer in regularizers {
      let every = regularizer.regularizer.every
      var (a, b) = (period, every)
      while b > 0 { (a, b) = (b, a % b) }
      period = min(period / a * every, totalSteps)
    }
    for step in 1...max(period, 1) {
      let due = regularizers(dueAt: step)
      if !sets.contains(due) { sets.append(due) }
    }
    return sets
  }
}
