import Compute
import Networks
import Specs

/// The Fréchet distance at infinitely many generated samples (Chong and Forsyth, "Effectively Unbiased FID and Inception Score and
/// where to find them", 2020).
///
/// The line through the distances of 15 growing prefixes of the samples, over one by their size, gives its value at 0.
package struct ExtrapolatedFrechetDistance: Metric {
  package static let name = "extrapolated_frechet_distance"
  package static let summary =
    "Fréchet distance at infinitely many generated samples, by a line through growing parts of them"

  package init(from fields: inout Fields) {}

  package var columns: [Column] {
    [
      Column(
        "extrapolated_frechet_distance", "the Fréchet distance extrapolated to infinitely many generated samples",
        direction: .lower, reduction: .last)
    ]
  }
  package var fewest: Int { 30 }
  package func bytes(_ counts: SampleCounts) -> Int {
    counts.points(counts.generated) + Moments.bytes(counts, of: counts.generated)
  }

  package func values(of subject: Subject) -> [Measured] {
    let line = FrechetDistance.extrapolation(
      subject.referenceMoments, factor: subject.referenceFactor, subject.generated.points, on: subject.pool)
    return [Measured(line.intercept, standardError: line.standardError)]
  }
}
