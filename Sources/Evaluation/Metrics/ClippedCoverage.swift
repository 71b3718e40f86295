import Networks
import Specs

/// Coverage with at most k samples a ball, as a share of samples of the real distribution (Salvy et al., "Clipped Density and
/// Coverage", 2025).
package struct ClippedCoverage: Metric {
  package static let name = "clipped_coverage"
  package static let summary = "coverage as the share of generated samples of the real distribution that would reach it"
  let k: Int

  package init(from fields: inout Fields) { k = fields.neighbours(default: 5) }

  package var columns: [Column] {
    [
      Column(
        "clipped_coverage", "the share of samples of the real distribution that would cover as much",
        unit: Column.share, direction: .higher, reduction: .last)
    ]
  }
  package var fewest: Int { k + 1 }
  package func bytes(_ counts: SampleCounts) -> Int { Balls.bytes(counts) }

  package func values(of subject: Subject) -> [Measured] {
    [
      Measured(
        Calibration.clippedCoverage(
          raw: subject.balls(k).rawClippedCoverage, real: subject.reference.count,
          generated: subject.generated.count, k: k))
    ]
  }

  package func verdict(_ values: [Measured], floor: [Double]) -> Verdict? {
    Verdict(
      subject: "variety",
      sentence:
        "\(Percent.text(values[0].value)) of the variety of real samples is there (in real ones \(Percent.text(floor[0])))"
    )
  }
}
