import Networks
import Specs

/// Density with balls cut to the median radius, by that of real samples (Salvy et al., "Clipped Density and Coverage", 2025).
package struct ClippedDensity: Metric {
  package static let name = "clipped_density"
  package static let summary = "density that outliers cannot raise, by that of real samples: the share of good samples"
  let k: Int

  package init(from fields: inout Fields) { k = fields.neighbours(default: 5) }

  package var columns: [Column] {
    [
      Column(
        "clipped_density", "the density with cut balls and at most 1 a sample, by that of real samples",
        unit: Column.share, direction: .higher, reduction: .last)
    ]
  }
  package var fewest: Int { k + 1 }
  package func bytes(_ counts: SampleCounts) -> Int { Balls.bytes(counts) }

  package func values(of subject: Subject) -> [Measured] {
    [Measured(Calibration.clippedDensity(subject.balls(k)))]
  }

  package func verdict(_ values: [Measured], floor: [Double]) -> Verdict? {
    Verdict(
      subject: "quality",
      sentence:
        "\(Percent.text(values[0].value)) of the samples look like real ones (of real ones \(Percent.text(floor[0])))")
  }
}
