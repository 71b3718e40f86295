import Networks
import Specs

/// The share of generated samples nearer to a training sample than the nearest hundredth of held-out samples is, and the near copies.
///
/// The copy rate of a generator that copies one sample in a hundred is 0.02 and not 0.01, which 1000 samples do not tell from
/// chance; and one that makes the commonest samples only has a higher rate without any copy. So the verdict rests on near copies, of
/// which such data have none, and on the probability of as many: see `NearCopies`.
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
        unit: Column.share, direction: .lower, reduction: .last),
      Column(
        "near_copies",
        "the share of samples whose d1 / d2, the distances to the two nearest training samples, is below half of the first "
          + "percentile of held-out ones", unit: Column.share, direction: .lower, reduction: .last),
      Column(
        "near_copies_chance",
        "the probability of as many near copies, beside those of held-out samples, without copying: below 0.01 samples are copied",
        unit: Column.share, reduction: .last),
    ]
  }
  package var needs: Needs { [.features, .heldOut] }
  package var fewest: Int { 100 }
  package var floor: Floor { .heldOut }
  package func bytes(_ counts: SampleCounts) -> Int { CopyFinding.bytes(counts) }

  package func values(of subject: Subject) -> [Measured] {
    let memory = subject.copyFinding.memory
    let copies = subject.copyFinding.nearCopies
    return [
      CopyRate.share(memory.copies, of: memory.count), CopyRate.share(copies.generated, of: memory.count),
      Measured(copies.chance),
    ]
  }

  /// A share with its standard error by Wilson's interval.
  private static func share(_ part: Int, of count: Int) -> Measured {
    let interval = Memorisation.interval(of: part, among: count)
    return Measured(
      Double(part) / Double(max(count, 1)),
      standardError: (interval.upperBound - interval.lowerBound) / (2 * 1.959963984540054))
  }

  package func verdict(_ values: [Measured], floor: [Double]) -> Verdict? {
    let (copies, unseen) = (Percent.text(values[1].value), Percent.text(floor[1]))
    return Verdict(
      subject: "memory",
      sentence: values[2].value < NearCopies.significance
        ? "\(copies) of the samples are training samples or nearly so (of unseen real ones \(unseen))"
        : "no sign of copied training samples (\(copies) nearly equal one, of unseen real ones \(unseen))"
    )
  }
}
