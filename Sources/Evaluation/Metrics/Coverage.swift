import Networks
import Specs

/// The share of real samples whose balls hold a generated one (Naeem et al., "Reliable Fidelity and Diversity Metrics for Generative
/// Models", 2020).
package struct Coverage: Metric {
  package static let name = "coverage"
  package static let summary = "share of real samples with a generated one as near as their k-th neighbour"
  let k: Int

  package init(from fields: inout Fields) { k = fields.neighbours(default: 5) }

  package var columns: [Column] {
    [
      Column(
        "coverage", "the share of real samples whose balls hold a generated one", unit: Column.share,
        direction: .higher, reduction: .last)
    ]
  }
  package var fewest: Int { k + 1 }
  package func bytes(_ counts: SampleCounts) -> Int { Balls.bytes(counts) }

  package func values(of subject: Subject) -> [Measured] {
    [Measured(share: subject.balls(k).coverage, of: subject.reference.count)]
  }
}
