import Networks
import Specs

/// The share of generated samples within the ball of a real one (Kynkäänniemi et al., "Improved Precision and Recall Metric for
/// Assessing Generative Models", 2019).
package struct Precision: Metric {
  package static let name = "precision"
  package static let summary = "share of generated samples that lie among real ones"
  let k: Int

  package init(from fields: inout Fields) { k = fields.neighbours(default: 3) }

  package var columns: [Column] {
    [
      Column(
        "precision", "the share of generated samples within the ball of a real one", unit: Column.share,
        direction: .higher, reduction: .last)
    ]
  }
  package var fewest: Int { k + 1 }
  package func bytes(_ counts: SampleCounts) -> Int { Balls.bytes(counts) }

  package func values(of subject: Subject) -> [Measured] {
    [Measured(share: subject.balls(k).precision(), of: subject.generated.count)]
  }
}
