import Networks
import Specs

/// How samples spread over the modes of a mixture that is known (Lin et al., "PacGAN: The power of two samples in generative
/// adversarial networks", 2018).
///
/// A sample is of high quality within three standard deviations of the nearest mode; a mode is found where one such sample, or a share
/// of all samples, belongs to it.
package struct Modes: Metric {
  package static let name = "modes"
  package static let summary =
    "modes of a known mixture that samples find, their share near modes, and how evenly they are spread"
  let share: Double

  package init(from fields: inout Fields) {
    share = fields.number(
      "least_share", in: .halfOpen(0, 1), default: 0,
      "the share of all samples that a mode must have to be found; 0 for one sample")
  }

  package var columns: [Column] {
    [
      Column("modes", "the number of modes that samples find", unit: "modes", direction: .higher, reduction: .last),
      Column(
        "high_quality_share", "the share of samples within three standard deviations of the nearest mode",
        unit: Column.share, direction: .higher, reduction: .last),
      Column(
        "mode_divergence", "the reverse KL of these samples' modes from equal shares", unit: Column.nats,
        direction: .lower,
        reduction: .last),
      Column(
        "mode_variation", "the total variation of these samples' modes from equal shares", unit: Column.share,
        direction: .lower, reduction: .last),
    ]
  }
  package var needs: Needs { .mixture }

  package func values(of subject: Subject) -> [Measured] {
    let found = subject.modeCoverage
    let n = Double(max(found.count, 1))
    let quality = found.highQuality
    return [
      Measured(Double(found.modes(withShare: share))),
      Measured(quality, standardError: (quality * (1 - quality) / n).squareRoot()),
      Measured(found.divergence), Measured(found.totalVariation),
    ]
  }

  package var counted: String? { BinCounts.modes }

  /// Samples of high quality by mode, and those that are near none.
  package func counts(of subject: Subject) -> BinCounts? {
    guard let mixture = subject.mixture else { return nil }
    let found = subject.modeCoverage
    let (n, modes) = (Double(found.count), mixture.centres.rows)
    let near = mixture.shareNearModes(within: ModeCoverage.reach)
    return BinCounts(
      BinCounts.modes, generated: found.histogram.counts,
      real: [Double](repeating: n * near / Double(modes), count: modes),
      elsewhere: (found.count - found.histogram.total, n * (1 - near)))
  }

  package func verdict(_ values: [Measured], floor: [Double]) -> Verdict? {
    Verdict(
      subject: "modes",
      sentence:
        "\(Int(values[0].value)) of \(Int(floor[0])) modes are found; \(Percent.text(values[1].value)) of the samples "
        + "lie near one (of real ones \(Percent.text(floor[1])))")
  }
}
