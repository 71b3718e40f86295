import Compute
import Datasets
import Specs

/// Points on two arms of a spiral: t (cos 2 pi t, sin 2 pi t) with t uniform in (0, 1), and its mirror image through the origin;
/// the arm is the class.
package struct Spiral: Dataset {
  package static let name = "spiral"
  package static let summary = "points in the plane on two arms of a spiral"
  let samples: Int

  package init(from fields: inout Fields) {
    samples = fields.integer("samples", in: 1...10_000_000, default: 100_000, "the number of points")
  }

  /// What is known without the values: enough to check a spec.
  package func survey(in location: DataLocation) throws(DataError) -> DatasetSummary {
    DatasetSummary(count: samples, sampleShape: [2], bounds: -1...1, bytesPerValue: 4, classes: Classes(count: 2))
  }

  package func load(from location: DataLocation, seed: UInt64) throws(DataError) -> Table {
    let random = Random(seed: seed)
    let angles = random.uniform(stream: "data/spiral/angle", step: 0, count: samples)
    let arms = random.bits(stream: "data/spiral/arm", step: 0, count: samples).map { Random.index(of: $0, below: 2) }
    let points = zip(angles, arms).flatMap { angle, arm -> [Float] in
      // Not by the system's cosine and sine, whose last bits are not the same everywhere.
      let (radius, turn) = (Double(arm == 0 ? angle : -angle), 2 * .pi * Double(angle))
      return [Float(radius * CorrectlyRounded.cosine(turn)), Float(radius * CorrectlyRounded.sine(turn))]
    }
    let labels = arms.map { Int32($0) }
    return Table(
      count: samples, sampleShape: [2], values: .floats(points), labels: labels,
      digest: Table.digest(of: .floats(points), labels: labels), origin: "generated")
  }
}
