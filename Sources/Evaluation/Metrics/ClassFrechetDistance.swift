import Compute
import Networks
import Specs

/// The mean over classes of the Fréchet distance between the samples asked for and the real samples of a class; one of which there are
/// fewer than two of either is left out.
package struct ClassFrechetDistance: Metric {
  package static let name = "class_frechet_distance"
  package static let summary = "mean over classes of the Fréchet distance of samples of that class"
  package static let alsoCalled = ["intra_fid", "intra_class_fid"]

  package init(from fields: inout Fields) {}

  package var columns: [Column] {
    [
      Column(
        "class_frechet_distance", "the mean over classes of the Fréchet distance of samples asked to be of that class",
        direction: .lower, reduction: .last)
    ]
  }
  package var needs: Needs { [.features, .conditions] }

  package func bytes(_ counts: SampleCounts) -> Int {
    counts.points(counts.generated + counts.reference)
      + Moments.bytes(counts, of: max(counts.generated, counts.reference))
  }

  package func values(of subject: Subject) -> [Measured] {
    let (asked, own) = (subject.generated.classes ?? [], subject.reference.classes ?? [])
    func numbers(_ classes: [Int], _ wanted: Int) -> [Int] { classes.indices.filter { classes[$0] == wanted } }
    let distances = (0..<((own.max() ?? -1) + 1)).compactMap { wanted -> Double? in
      let (generated, real) = (numbers(asked, wanted), numbers(own, wanted))
      guard generated.count > 1, real.count > 1 else { return nil }
      return FrechetDistance.value(
        Moments(of: subject.reference.points.taking(real), on: subject.pool),
        Moments(of: subject.generated.points.taking(generated), on: subject.pool), on: subject.pool)
    }
    return [Measured(distances.isEmpty ? .nan : distances.reduce(0, +) / Double(distances.count))]
  }
}
