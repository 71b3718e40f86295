import Networks
import Specs

/// The share of generated samples nearer to a training sample than the nearest hundredth of held-out samples is.
package struct CopyRate: Metric {
  package static let name = "copy_rate"
  package static let summary =
    "share of generated samples nearer to a training sample than 1 % of held-out ones are: 0.01 without copies"

  package init(from fields: inout Fields) {}

  package var columns: [Column] {
    [
      Column(
        "copy_rate",
        "the share of samples nearer to a training sample than 1 % of held-out ones are, 0.01 without copies",
        unit: Column.share, direction: .lower, reduction: .last)
    ]
  }
  package var needs: Needs { [.features, .heldOut] }
  package var fewest: Int { 100 }
  package var floor: Floor { .heldOut }

  package func values(of subject: Subject) -> [Measured] {
    let memory = subject.copyFinding.memory
    let interval = Memorisation.interval(of: memory.copies, among: memory.count)
    return [
      Measured(memory.copyRate, standardError: (interval.upperBound - interval.lowerBound) / (2 * 1.959963984540054))
    ]
  }

  package func verdict(_ values: [Measured], floor: [Double]) -> Verdict? {
    let rate = values[0].value
    let isSuspicious = rate - 3 * (values[0].standardError ?? 0) > max(floor[0], 0.01)
    return Verdict(
      subject: "memory",
      sentence: isSuspicious
        ? "\(Percent.text(rate)) of the samples are nearly copies of training samples (of unseen real ones \(Percent.text(floor[0])))"
        : "no sign of copied training samples (\(Percent.text(rate)) nearly equal one, of unseen real ones \(Percent.text(floor[0])))"
    )
  }
}
