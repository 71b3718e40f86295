import Networks
import Specs

/// The sliced distance of Wasserstein between patches of Laplacian pyramids, times 1000, the mean of the levels (Karras et al.,
/// "Progressive Growing of GANs for Improved Quality, Stability, and Variation", 2018, there SWD).
package struct LaplacianDistanceMetric: Metric {
  package static let name = "laplacian_distance"
  package static let summary =
    "sliced Wasserstein distance of patches of Laplacian pyramids times 1000, as published with growing GANs"
  let directions: Int

  package init(from fields: inout Fields) {
    directions = fields.integer("directions", in: 1...100_000, default: 512, "the number of random directions")
  }

  package var columns: [Column] {
    [
      Column(
        "laplacian_distance", "the sliced Wasserstein distance of patches of Laplacian pyramids times 1000",
        direction: .lower, reduction: .last)
    ]
  }
  package var needs: Needs { .images }
  package var leastSide: Int { 16 }

  package func values(of subject: Subject) -> [Measured] {
    guard let real = subject.reference.images, let generated = subject.generated.images else {
      preconditionFailure("samples that are no images")
    }
    let found = LaplacianDistance(real, generated, directions: directions, seed: subject.seed, on: subject.pool)
    return [Measured(found.mean)]
  }

  package func bytes(_ counts: SampleCounts) -> Int {
    let channels = counts.imageShape.last ?? 1
    return LaplacianDistance.bytes(images: min(counts.generated, counts.reference), channels: channels)
      + SlicedDistance.bytes(directions: directions, dimensions: 49 * channels)
  }
}
