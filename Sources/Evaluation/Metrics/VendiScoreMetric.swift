import Networks
import Specs

/// The Vendi score exp(-sum l ln l) of features under the cosine kernel (Friedman and Dieng, "The Vendi Score: A Diversity Evaluation
/// Metric for Machine Learning", 2023).
struct VendiScoreMetric: Metric {
  static let name = "vendi_score"
  static let summary = "effective number of different samples, from 1 to all"

  init(from fields: inout Fields) {}

  var columns: [Column] {
    [
      Column(
        "vendi_score", "the effective number of different samples", unit: "samples", direction: .higher,
        reduction: .last)
    ]
  }

  func values(of subject: Subject) -> [Measured] {
    [Measured(VendiScore.cosine(subject.generated.points, on: subject.pool))]
  }
}
