import Networks
import Specs

/// The share of authentic samples, whose nearest training sample has another one nearer to it (Alaa et al., "How Faithful is your
/// Synthetic Data?", 2022).
package struct AuthenticShare: Metric {
  package static let name = "authentic_share"
  package static let summary = "share of generated samples whose nearest training sample has another one nearer to it"
  package static let alsoCalled = ["authpct", "auth_pct"]

  package init(from fields: inout Fields) {}

  package var columns: [Column] {
    [
      Column(
        "authentic_share",
        "the share of samples whose nearest training sample has another one nearer to it; beside that of held-out ones",
        unit: Column.share, reduction: .last)
    ]
  }
  package var needs: Needs { [.features, .heldOut] }
  package var floor: Floor { .heldOut }
  package func bytes(_ counts: SampleCounts) -> Int { CopyFinding.bytes(counts) }

  package func values(of subject: Subject) -> [Measured] {
    let memory = subject.copyFinding.memory
    return [Measured(share: memory.authentic, of: memory.count)]
  }
}
