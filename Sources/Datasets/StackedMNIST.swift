import Compute
import Specs

/// Three digits of MNIST one over the other as the red, green and blue of an image: a thousand modes to count.
///
/// L. Metz, B. Poole, D. Pfau, J. Sohl-Dickstein, "Unrolled Generative Adversarial Networks", 2017. Channel `c` of
/// image `i` is the digit with the number `(w * n) >> 32`, where `w` is word `3 i + c` of the stream
/// `data/stacked_mnist/digit` at step 0 and `n` the number of digits. Digits that show a, b and c make the class
/// 100 a + 10 b + c. The values are `x / 127.5 - 1`.
///
/// ```yaml
/// dataset: {stacked_mnist: {samples: 128000}}
/// ```
package struct StackedMNIST: Dataset {
  package static let name = "stacked_mnist"
  package static let summary = "three random MNIST digits as the colors of a 28 x 28 image: a thousand classes"

  package let split: ImageArchive.Split
  /// The number of images.
  package let samples: Int

  package static let partField: String? = "split"

  package init(from fields: inout Fields) {
    split = ImageArchive.Split(from: &fields)
    samples = fields.integer("samples", in: 1...10_000_000, default: 128_000, "the number of images")
  }

  package var isVerifiedOnLoad: Bool { true }

  package func place(in location: DataLocation) throws(DataError) -> String? {
    try MNIST.archive.place(of: split, in: location)
  }

  package func survey(in location: DataLocation) throws(DataError) -> DatasetSummary {
    var survey = DatasetSummary(
      count: samples, sampleShape: [28, 28, 3], bounds: -1...1, classes: Classes(count: 1000))
    // The digits stay in memory until all images are made, with the numbers that choose them.
    survey.loadingBytes = survey.valueBytes(of: samples) + MNIST.archive[split].count * 28 * 28 + 3 * samples * 12
    return survey
  }

  package func load(from location: DataLocation, seed: UInt64) throws(DataError) -> Table {
    let digits = try MNIST.archive.table(of: split, in: location)
    guard case .bytes(let bytes, let lookup) = digits.values, let shown = digits.labels else {
      preconditionFailure("MNIST is bytes with labels")
    }
    let words = Random(seed: seed).bits(stream: "data/stacked_mnist/digit", step: 0, count: 3 * samples)
    let chosen = words.map { Random.index(of: $0, below: digits.count) }
    var pixels = [UInt8](repeating: 0, count: samples * 784 * 3)
    for (index, digit) in chosen.enumerated() {
      let (image, channel) = (index / 3, index % 3)
      for pixel in 0..<784 { pixels[(image * 784 + pixel) * 3 + channel] = bytes[digit * 784 + pixel] }
    }
    let labels = (0..<samples).map { image in
      (0..<3).reduce(Int32(0)) { 10 * $0 + shown[chosen[3 * image + $1]] }
    }
    let values = Table.Values.bytes(pixels, lookup: lookup)
    return Table(
      count: samples, sampleShape: [28, 28, 3], values: values, labels: labels,
      digest: Table.digest(of: values, labels: labels), origin: "drawn from \(digits.origin)")
  }

  package static let publication: Publication? = MNIST.publication
}
