import Compute
import Specs

/// Points in the plane around modes that are equally likely and equally wide.
///
/// Point `i` belongs to the mode `(w_i * modes) >> 32`, where `w` are random words of the stream
/// `data/NAME/mode`, and lies at `centre + stddev * (n_2i, n_2i+1)` in Float, where `n` are the normal values of the
/// stream `data/NAME/offset`; both at step 0, with the dataset's name for NAME.
package protocol GaussianMixture: Dataset {
  /// The middle of each mode.
  var centres: [SIMD2<Float>] { get }
  /// The standard deviation of each coordinate around its mode's centre.
  var stddev: Double { get }
  /// The number of points.
  var samples: Int { get }
}

extension FieldName {
  static let stddev = FieldName("stddev", alsoCalled: ["std", "sigma"], example: "0.02")
}

extension GaussianMixture {
  /// Two coordinates, which can have any value; the classes are the modes.
  package func survey(in location: DataLocation) throws(DataError) -> DatasetSummary {
    DatasetSummary(
      count: samples, sampleShape: [2], bounds: nil, bytesPerValue: 4, classes: Classes(count: centres.count))
  }

  /// Draws the points.
  package func load(from location: DataLocation, seed: UInt64) throws(DataError) -> Table {
    let random = Random(seed: seed)
    let words = random.bits(stream: "data/\(Self.name)/mode", step: 0, count: samples)
    let normals = random.normal(stream: "data/\(Self.name)/offset", step: 0, count: 2 * samples)
    let (centres, stddev) = (centres, Float(stddev))
    var values = [Float](repeating: 0, count: 2 * samples)
    let labels = words.map { Int32(Random.index(of: $0, below: centres.count)) }
    for (index, mode) in labels.enumerated() {
      let centre = centres[Int(mode)]
      values[2 * index] = centre.x + stddev * normals[2 * index]
      values[2 * index + 1] = centre.y + stddev * normals[2 * index + 1]
    }
    return Table(
      count: samples, sampleShape: [2], values: .floats(values), labels: labels,
      digest: Table.digest(of: .floats(values), labels: nil), origin: "generated")
  }
}
