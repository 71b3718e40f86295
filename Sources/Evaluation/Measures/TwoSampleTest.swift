import Compute

/// The two-sample test by nearest neighbours: how often a point's nearest neighbour among all others is of its own kind (Xu et
/// al., "An empirical study on evaluation metrics of generative adversarial networks", 2018).
///
/// Both shares are one half for equal distributions; a generated share far above the real one shows missing modes.
package struct TwoSampleTest: Sendable {
  /// The share of real points.
  package let real: Double
  /// The share of generated points.
  package let generated: Double

  /// Of two sets of one size; of a real and a generated point at the same distance the real one counts.
  package init(real: Matrix, generated: Matrix, on pool: ThreadPool) {
    self.init(
      real: real, Nearest(of: real, among: real, k: 1, isSame: true, on: pool), generated: generated,
      Nearest(of: generated, among: generated, k: 1, isSame: true, on: pool), on: pool)
  }

  /// Of two sets of one size with their nearest neighbours among their own kind.
  init(real: Matrix, _ ofReal: Nearest, generated: Matrix, _ ofGenerated: Nearest, on pool: ThreadPool) {
    let (realToReal, generatedToGenerated) = (ofReal.nearest, ofGenerated.nearest)
    let realToGenerated = Nearest(of: real, among: generated, k: 1, on: pool).squared
    let generatedToReal = Nearest(of: generated, among: real, k: 1, on: pool).squared
    let ownReal = zip(realToReal, realToGenerated).count { $0 <= $1 }
    let ownGenerated = zip(generatedToGenerated, generatedToReal).count { $0 < $1 }
    self.real = Double(ownReal) / Double(real.rows)
    self.generated = Double(ownGenerated) / Double(generated.rows)
  }
}
