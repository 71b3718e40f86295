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

  /// Every set of regularizers that is due together in some step of the run; that of all of them, due in the first, comes first.
  ///
  /// The regularizers of a set are due in the steps 1 + k m, m their intervals' least common multiple; it is all that are due in one of
  /// them where no other interval divides that k m. There are no more sets than of their different intervals, 2^n, and of these
  /// only those are looked at that occur.
  var dueSets: [Set<Int>] {
    let intervals = Set(regularizers.map(\.regularizer.every))
    return DueIntervals.sets(of: intervals.sorted(), before: totalSteps).map { due in
      Set(regularizers.indices.filter { due.contains(regularizers[$0].regularizer.every) })
    }
  }
}
