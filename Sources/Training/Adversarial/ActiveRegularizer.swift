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
}
