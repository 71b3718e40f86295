import Networks
import Specs

/// The mean number of real samples' balls that a generated one is in, by k (Naeem et al., "Reliable Fidelity and Diversity Metrics for
/// Generative Models", 2020).
struct Density: Metric {
  static let name = "density"
  static let summary = "mean number of real samples' balls that a generated one is in, by k: 1 for equal distributions"
  let k: Int

  init(from fields: inout Fields) { k = fields.neighbours(default: 5) }

  var columns: [Column] {
    [
      Column(
        "density", "the mean number of real samples' balls that a generated one is in, by k", direction: .higher,
        reduction: .last)
    ]
  }
  var fewest: Int { k + 1 }
  func values(of subject: Subject) -> [Measured] { [Measured(subject.balls(k).density)] }
}
