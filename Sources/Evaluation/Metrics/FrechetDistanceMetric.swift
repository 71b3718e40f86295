import Compute
import Networks
import Specs

/// The Fréchet distance |m1 - m2|^2 + tr S1 + tr S2 - 2 tr (S1 S2)^(1/2) of two sets' moments (Heusel et al., "GANs Trained by a Two
/// Time-Scale Update Rule Converge to a Local Nash Equilibrium", 2017).
package struct FrechetDistanceMetric: Metric {
  package static let name = "frechet_distance"
  package static let summary = "distance of the means and covariances of features, 0 for equal ones"

  package init(from fields: inout Fields) {}

  package var columns: [Column] {
    [
      Column(
        "frechet_distance", "the Fréchet distance of the features' normal distributions", direction: .lower,
        reduction: .last)
    ]
  }
  package func bytes(_ counts: SampleCounts) -> Int {
    Moments.bytes(counts, of: max(counts.generated, counts.reference))
  }

  package func values(of subject: Subject) -> [Measured] {
    let real = subject.referenceMoments
    return [
      Measured(
        FrechetDistance.value(real, factor: subject.referenceFactor, subject.moments, on: subject.pool))
    ]
  }
}
