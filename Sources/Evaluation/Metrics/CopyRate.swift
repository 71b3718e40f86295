import Networks
import Specs

/// The share of generated samples nearer to a training sample than the nearest hundredth of held-out samples is.
struct CopyRate: Metric {
  static let name = "copy_rate"
  static let summary =
    "share of generated samples nearer to a training sample than 1 % of held-out ones are: 0.01 without copies"

  init(from fields: inout Fields) {}

  var columns: [Column] {
    [
      Column(
        "copy_rate",
        "the share of samples nearer to a training sample than 1 % of held-out ones are, 0.01 without copies",
        unit: Column.share, direction: .lower, reduction: .last)
    ]
  }
  var needs: Needs { [.features, .heldOut] }
  var fewest: Int { 100 }
  var floor: Floor { .heldOut }

  func values(of subject: Subject) -> [Measured] {
    let memory = subject.copyFinding.memory
    let interval = Memorisation.interval(of: memory.copies, among: memory.count)
    return [
      Measured(memory.copyRate, standardError: (interval.upperBound - interval.lowerBound) / (2 * 1.959963984540054))
    ]
  }
}
