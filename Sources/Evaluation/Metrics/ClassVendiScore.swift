import Networks
import Specs

/// The mean over classes of the Vendi score of the samples in which a classifier sees that class; it is 0 for one that it sees in none.
package struct ClassVendiScore: Metric {
  package static let name = "class_vendi_score"
  package static let summary = "mean over classes of the effective number of different samples of a class"

  package init(from fields: inout Fields) {}

  package var columns: [Column] {
    [
      Column(
        "class_vendi_score", "the mean over classes of the effective number of different samples seen as that class",
        unit: "samples", direction: .higher, reduction: .last)
    ]
  }
  package var needs: Needs { [.features, .classifier] }

  package func bytes(_ counts: SampleCounts) -> Int { VendiScore.bytes(counts, of: counts.generated) }

  package func values(of subject: Subject) -> [Measured] {
    let seen = subject.generated.seenClasses ?? []
    let classes = subject.generated.logits?.columns ?? 0
    let scores = (0..<classes).map { wanted in
      let numbers = seen.indices.filter { seen[$0] == wanted }
      return numbers.isEmpty ? 0 : VendiScore.cosine(subject.generated.points.taking(numbers), on: subject.pool)
    }
    return [Measured(scores.reduce(0, +) / Double(max(classes, 1)))]
  }
}
