import Networks
import Specs

/// Density with balls cut to the median radius, by that of real samples (Salvy et al., "Clipped Density and Coverage", 2025).
struct ClippedDensity: Metric {
  static let name = "clipped_density"
  static let summary = "density that outliers cannot raise, by that of real samples: the share of good samples"
  let k: Int

  init(from fields: inout Fields) { k = fields.neighbours(default: 5) }

  var columns: [Column] {
    [
      Column(
        "clipped_density", "the density with cut balls and at most 1 a sample, by that of real samples",
        unit: Column.share, direction: .higher, reduction: .last)
    ]
  }
  var fewest: Int { k + 1 }
  func values(of subject: Subject) -> [Measured] {
    [Measured(Calibration.clippedDensity(subject.balls(k), real: subject.reference.points, on: subject.pool))]
  }
}
