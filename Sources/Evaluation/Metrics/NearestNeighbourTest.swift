import Networks
import Specs

/// The two-sample test by nearest neighbours (Xu et al., "An empirical study on evaluation metrics of generative adversarial networks",
/// 2018).
///
/// Of both sets as many samples are taken, the first, as the smaller one has.
package struct NearestNeighbourTest: Metric {
  package static let name = "nearest_neighbour_test"
  package static let summary =
    "how often the nearest neighbour of a sample is of its own kind, real or generated: 0.5 for equal ones"
  package static let alsoCalled = ["1nn", "two_sample_test", "nearest_neighbor_test"]

  package init(from fields: inout Fields) {}

  package var columns: [Column] {
    [
      Column(
        "real_neighbours", "the share of real samples whose nearest neighbour is real, 0.5 at best", unit: Column.share,
        reduction: .last),
      Column(
        "generated_neighbours", "the share of generated samples whose nearest neighbour is generated, 0.5 at best",
        unit: Column.share, reduction: .last),
    ]
  }
  package func bytes(_ counts: SampleCounts) -> Int {
    counts.generated == counts.reference ? 0 : counts.points(2 * min(counts.generated, counts.reference))
  }

  package func values(of subject: Subject) -> [Measured] {
    let (test, count) = (subject.twoSampleTest, min(subject.reference.count, subject.generated.count))
    return [Measured(share: test.real, of: count), Measured(share: test.generated, of: count)]
  }
}
