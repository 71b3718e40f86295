import Networks
import Specs

/// Monge's inception distance, MIND: 3 d / (n M) sum_i sum_j (sort(u_i X)_j - sort(u_i Y)_j)^2 over n samples of d features and M
/// random directions u_i of unit length, the sliced squared distance of Wasserstein (Rabin et al., "Wasserstein Barycenter and Its
/// Application to Texture Mixing", 2012) in the units of the Fréchet distance.
package struct MongeInceptionDistance: Metric {
  package static let name = "mind"
  package static let summary =
    "sliced squared Wasserstein distance of features times three dimensions, 0 for equal ones"
  package static let alsoCalled = ["sliced_wasserstein"]
  let directions: Int

  package init(from fields: inout Fields) {
    directions = fields.integer("directions", in: 1...100_000, default: 1000, "the number of random directions")
  }

  package var columns: [Column] {
    [
      Column(
        "mind", "the sliced squared Wasserstein distance times three dimensions", direction: .lower, reduction: .last)
    ]
  }
  package func bytes(_ counts: SampleCounts) -> Int {
    SlicedDistance.bytes(counts) + SlicedDistance.bytes(directions: directions, dimensions: counts.dimensions)
  }

  package func values(of subject: Subject) -> [Measured] {
    let along = SlicedDistance.directions(
      directions, dimensions: subject.reference.points.columns, seed: subject.seed)
    return [
      Measured(
        SlicedDistance.value(subject.reference.points, subject.generated.points, along: along, on: subject.pool))
    ]
  }
}
