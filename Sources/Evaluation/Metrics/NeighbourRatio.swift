import Networks
import Specs

/// The share of generated samples of which one training sample is three times as near as the next (Yoon et al., "Diffusion
/// Probabilistic Models Generalize when They Fail to Memorize", 2023).
package struct NeighbourRatio: Metric {
  package static let name = "neighbour_ratio"
  package static let summary =
    "share of generated samples of which one training sample is three times as near as the next"

  package init(from fields: inout Fields) {}

  package var columns: [Column] {
    [
      Column(
        "neighbour_ratio", "the share of samples of which one training sample is three times as near as the next",
        unit: Column.share, direction: .lower, reduction: .last)
    ]
  }
  package var needs: Needs { [.features, .heldOut] }
  package var floor: Floor { .heldOut }
  package func bytes(_ counts: SampleCounts) -> Int { CopyFinding.bytes(counts) }

  package func values(of subject: Subject) -> [Measured] {
    let memory = subject.copyFinding.memory
    return [Measured(share: Double(memory.ratioCopies) / Double(max(memory.count, 1)), of: memory.count)]
  }
}
