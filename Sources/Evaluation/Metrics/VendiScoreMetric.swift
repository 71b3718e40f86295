import Networks
import Specs

/// The Vendi score exp(-sum l ln l) of features under the cosine kernel (Friedman and Dieng, "The Vendi Score: A Diversity Evaluation
/// Metric for Machine Learning", 2023).
package struct VendiScoreMetric: Metric {
  package static let name = "vendi_score"
  package static let summary = "effective number of different samples, from 1 to all"

  package init(from fields: inout Fields) {}

  package var columns: [Column] {
    [
      Column(
        "vendi_score", "the effective number of different samples", unit: "samples", direction: .higher,
        reduction: .last)
    ]
  }

  /// The samples by their length, turned too, and the products of their features or of the samples, the fewer of these.
  package func bytes(_ counts: SampleCounts) -> Int { VendiScore.bytes(counts, of: counts.generated) }

  package func values(of subject: Subject) -> [Measured] {
    [Measured(VendiScore.cosine(subject.generated.points, on: subject.pool))]
  }
}
