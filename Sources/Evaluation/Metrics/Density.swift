import Networks
import Specs

/// The mean number of real samples' balls that a generated one is in, by k (Naeem et al., "Reliable Fidelity and Diversity Metrics for
/// Generative Models", 2020).
package struct Density: Metric {
  package static let name = "density"
  package static let summary =
    "mean number of real samples' balls that a generated one is in, by k: 1 for equal distributions"
  let k: Int

  package init(from fields: inout Fields) { k = fields.neighbours(default: 5) }

  package var columns: [Column] {
    [
      Column(
        "density", "the mean number of real samples' balls that a generated one is in, by k", direction: .higher,
        reduction: .last)
    ]
  }
  package var fewest: Int { k + 1 }
  package func bytes(_ counts: SampleCounts) -> Int { Balls.bytes(counts) }

  package func values(of subject: Subject) -> [Measured] {
    let balls = subject.balls(k)
    return [
      Measured(
        balls.density, standardError: Mean(of: balls.realBallsOpen.map { Double($0) / Double(k) }).standardError)
    ]
  }
}
