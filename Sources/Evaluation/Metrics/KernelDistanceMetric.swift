import Compute
import Networks
import Specs

/// The kernel distance, the squared maximum mean discrepancy under (x y / d + 1)^3 without bias (Bińkowski et al., "Demystifying MMD
/// GANs", 2018).
///
/// Both sets are shuffled by the streams `evaluation/blocks/real` and `evaluation/blocks/generated` and cut into
/// ceil(max(n, m) / block_size) disjoint blocks; the value is their mean.
package struct KernelDistanceMetric: Metric {
  package static let name = "kernel_distance"
  package static let summary =
    "maximum mean discrepancy of features under a cubic kernel, 0 on average for equal distributions"
  let block: Int

  package init(from fields: inout Fields) {
    block = fields.integer("block_size", in: 8...100_000, default: 1024, "the most samples of a block")
  }

  package var columns: [Column] {
    [Column("kernel_distance", "the mean kernel distance of disjoint blocks", direction: .lower, reduction: .last)]
  }
  package var fewest: Int { 4 }
  package func bytes(_ counts: SampleCounts) -> Int { counts.points(counts.generated + counts.reference + 2 * block) }

  package func values(of subject: Subject) -> [Measured] {
    let random = Random(seed: subject.seed)
    func shuffled(_ points: Matrix, _ kind: String) -> Matrix {
      let order = random.permutation(stream: "evaluation/blocks/\(kind)", step: 0, count: points.rows)
      return points.taking(order.map { Int($0) })
    }
    let estimate = KernelDistance.blocks(
      shuffled(subject.reference.points, "real"), shuffled(subject.generated.points, "generated"), most: block,
      on: subject.pool)
    return [Measured(estimate.mean, standardError: estimate.standardError)]
  }
}
