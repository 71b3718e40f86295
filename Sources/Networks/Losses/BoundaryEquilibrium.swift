import Compute
import Specs

/// The loss of BEGAN: the discriminator is an autoencoder with the mean absolute error E; real mean E(x), generated
/// -k mean E(G(z)), generator mean E(G(z)) (Berthelot et al., "BEGAN: Boundary Equilibrium Generative Adversarial Networks",
/// 2017).
///
/// k keeps the two errors in the ratio `gamma`: k <- min(max(k + lambda (gamma mean E(x) - mean E(G(z))), 0), 1), from 0. It measures `balance`, k after the update, and `convergence`, mean E(x) + |gamma mean E(x) - mean E(G(z))|.
package struct BoundaryEquilibrium: Loss {
  package static let name = "boundary_equilibrium"
  package static let summary =
    "BEGAN: an autoencoder whose errors on generated and real samples are held in the ratio gamma"
  let gamma: Float
  let lambda: Float
  private static let balance = Column("balance", "k of boundary_equilibrium after the step", reduction: .last)
  private static let convergence = Column(
    "convergence", "boundary_equilibrium's measure of convergence, mean E(x) + |gamma mean E(x) - mean E(G(z))|",
    direction: .lower)
  /// k, and the measure of convergence.
  package static let columns = [balance, convergence]

  package init(from fields: inout Fields) {
    gamma = Float(
      fields.number("gamma", in: .closed(0, 1), default: 0.5, "the error of generated samples over that of real ones"))
    lambda = Float(fields.number("lambda", in: .above(0), default: 1e-3, "the learning rate of the balance k"))
  }

  /// The sample again.
  package var output: DiscriminatorOutput { .reconstruction(.absolute) }
  /// Both errors move the balance.
  package var comparesBatches: Bool { true }
  package var kept: [KeptValue] { [KeptValue(name: BoundaryEquilibrium.balance.name, initially: 0)] }

  /// mean E(x).
  package func real(_ score: Tensor, beside generated: Tensor?, at site: inout LossSite) -> Tensor { -score.mean() }

  /// -k mean E(G(z)); then k moves.
  package func generated(_ score: Tensor, beside real: Tensor?, at site: inout LossSite) -> Tensor? {
    guard let real else { preconditionFailure("a balance with nothing") }
    let balance = site.variable(BoundaryEquilibrium.balance.name)
    let (ofReal, ofGenerated) = (-real.mean(), -score.mean())
    // k before it moves, and held constant.
    let k = site.graph.read(balance).stopGradient()
    let loss = -(k * ofGenerated)
    let meanOfReal = site.held.mean("real", adding: ofReal)
    let meanOfGenerated = site.held.mean("generated", adding: ofGenerated)
    if let meanOfReal, let meanOfGenerated {
      let excess = gamma * meanOfReal - meanOfGenerated
      let moved = (k + lambda * excess).clipped(between: 0, and: 1)
      site.graph.assign(balance, moved)
      site.measure(BoundaryEquilibrium.balance, moved)
      site.measure(BoundaryEquilibrium.convergence, meanOfReal + excess.absolute())
    }
    return loss
  }

  /// mean E(G(z)).
  package func generator(_ score: Tensor, beside real: Tensor, at site: inout LossSite) -> Tensor { -score.mean() }
}
