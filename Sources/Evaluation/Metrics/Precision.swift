import Networks
import Specs

/// The share of generated samples within the ball of a real one (Kynkäänniemi et al., "Improved Precision and Recall Metric for
/// Assessing Generative Models", 2019).
struct Precision: Metric {
  static let name = "precision"
  static let summary = "share of generated samples that lie among real ones"
  let k: Int

  init(from fields: inout Fields) { k = fields.neighbours(default: 3) }

  var columns: [Column] {
    [
      Column(
        "precision", "the share of generated samples within the ball of a real one", unit: Column.share,
        direction: .higher, reduction: .last)
    ]
  }
  var fewest: Int { k + 1 }
  func values(of subject: Subject) -> [Measured] { [Measured(subject.balls(k).precision())] }
}
