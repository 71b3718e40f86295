import Files
import Networks
import Specs

/// A discriminator that scores every sample alike, as when all its units are 0 for any input (dying units: Lu et al., "Dying ReLU and
/// Initialization: Theory and Numerical Examples", 2020).
///
/// It shows where in five rows |score_real - score_generated| is below 1e-6 times the larger of 1 and |score_real|.
package struct DeadDiscriminator: Symptom {
  package static let name = "dead_discriminator"
  package static let summary = "the discriminator scores every sample alike"
  package static let remedy = "a lower learning rate of the discriminator, leaky_relu in place of relu, or another seed"
  private static let (rows, least) = (5, 1e-6)

  package init(from fields: inout Fields) {}

  package func evidence(in history: TrainingHistory) -> String? {
    guard let real = history.metric(.scoreReal).last(DeadDiscriminator.rows),
      let generated = history.metric(.scoreGenerated).last(DeadDiscriminator.rows),
      zip(real, generated).allSatisfy({ abs($0 - $1) <= DeadDiscriminator.least * max(1, abs($0)) })
    else { return nil }
    return "the discriminator scores real and generated samples alike, \(Decimals.short(real.last ?? 0))"
  }
}
