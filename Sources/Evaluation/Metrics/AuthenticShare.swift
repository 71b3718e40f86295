import Networks
import Specs

/// The share of authentic samples, whose nearest training sample has another one nearer to it (Alaa et al., "How Faithful is your
/// Synthetic Data?", 2022).
struct AuthenticShare: Metric {
  static let name = "authentic_share"
  static let summary = "share of generated samples whose nearest training sample has another one nearer to it"
  static let alsoCalled = ["authpct", "auth_pct"]

  init(from fields: inout Fields) {}

  var columns: [Column] {
    [
      Column(
        "authentic_share",
        "the share of samples whose nearest training sample has another one nearer to it; beside that of held-out ones",
        unit: Column.share, reduction: .last)
    ]
  }
  var needs: Needs { [.features, .heldOut] }
  var floor: Floor { .heldOut }

  func values(of subject: Subject) -> [Measured] { [Measured(subject.copyFinding.memory.authentic)] }
}
