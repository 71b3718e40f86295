import Networks
import Specs

/// The share of real samples within the ball of a generated one (Kynkäänniemi et al., "Improved Precision and Recall Metric for
/// Assessing Generative Models", 2019).
package struct Recall: Metric {
  package static let name = "recall"
  package static let summary = "share of real samples that lie among generated ones"
  let k: Int

  package init(from fields: inout Fields) { k = fields.neighbours(default: 3) }

  package var columns: [Column] {
    [
      Column(
        "recall", "the share of real samples within the ball of a generated one", unit: Column.share,
        direction: .higher, reduction: .last)
    ]
  }
  package var fewest: Int { k + 1 }
  package func bytes(_ counts: SampleCounts) -> Int { Balls.bytes(counts) }

  package func values(of subject: Subject) -> [Measured] {
    [Measured(share: subject.balls(k).recall(), of: subject.reference.count)]
  }
}
