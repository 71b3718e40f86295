import Networks
import Specs

/// The share of real samples whose balls hold a generated one (Naeem et al., "Reliable Fidelity and Diversity Metrics for Generative
/// Models", 2020).
struct Coverage: Metric {
  static let name = "coverage"
  static let summary = "share of real samples with a generated one as near as their k-th neighbour"
  let k: Int

  init(from fields: inout Fields) { k = fields.neighbours(default: 5) }

  var columns: [Column] {
    [
      Column(
        "coverage", "the share of real samples whose balls hold a generated one", unit: Column.share,
        direction: .higher, reduction: .last)
    ]
  }
  var fewest: Int { k + 1 }
  func values(of subject: Subject) -> [Measured] { [Measured(subject.balls(k).coverage)] }
}
