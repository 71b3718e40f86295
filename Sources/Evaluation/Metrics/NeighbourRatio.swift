import Networks
import Specs

/// The share of generated samples of which one training sample is three times as near as the next (Yoon et al., "Diffusion
/// Probabilistic Models Generalize when They Fail to Memorize", 2023).
struct NeighbourRatio: Metric {
  static let name = "neighbour_ratio"
  static let summary = "share of generated samples of which one training sample is three times as near as the next"

  init(from fields: inout Fields) {}

  var columns: [Column] {
    [
      Column(
        "neighbour_ratio", "the share of samples of which one training sample is three times as near as the next",
        unit: Column.share, direction: .lower, reduction: .last)
    ]
  }
  var needs: Needs { [.features, .heldOut] }
  var floor: Floor { .heldOut }

  func values(of subject: Subject) -> [Measured] {
    let memory = subject.copyFinding.memory
    return [Measured(Double(memory.ratioCopies) / Double(max(memory.count, 1)))]
  }
}
