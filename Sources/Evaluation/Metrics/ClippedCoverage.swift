import Networks
import Specs

/// Coverage with at most k samples a ball, as a share of samples of the real distribution (Salvy et al., "Clipped Density and
/// Coverage", 2025).
struct ClippedCoverage: Metric {
  static let name = "clipped_coverage"
  static let summary = "coverage as the share of generated samples of the real distribution that would reach it"
  let k: Int

  init(from fields: inout Fields) { k = fields.neighbours(default: 5) }

  var columns: [Column] {
    [
      Column(
        "clipped_coverage", "the share of samples of the real distribution that would cover as much",
        unit: Column.share, direction: .higher, reduction: .last)
    ]
  }
  var fewest: Int { k + 1 }
  func values(of subject: Subject) -> [Measured] {
    [
      Measured(
        Calibration.clippedCoverage(
          raw: subject.balls(k).rawClippedCoverage, real: subject.reference.count,
          generated: subject.generated.count, k: k))
    ]
  }
}
