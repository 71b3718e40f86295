import Specs

/// Handwritten digits of 28 x 28 pixels: 60 000 to train with and 10 000 to test with.
///
/// Y. LeCun, C. Cortes, C. J. C. Burges, "The MNIST database of handwritten digits". The values are
/// `x / 127.5 - 1`, so from -1 (paper) to 1 (ink).
///
/// ```yaml
/// dataset: mnist
/// dataset: {mnist: {split: test, classes: [3, 7]}}
/// ```
package struct MNIST: ArchivedImages {
  package static let name = "mnist"
  package static let summary =
    "handwritten digits, 28 x 28 gray pixels: 60 000 to train with, 10 000 to test with"

  package let split: ImageArchive.Split
  package let selection: Selection

  package init(from fields: inout Fields) {
    split = ImageArchive.Split(from: &fields)
    selection = Selection(from: &fields)
  }

  package var archive: ImageArchive { MNIST.archive }

  package static let archive = ImageArchive(
    title: "MNIST", folders: ["mnist"],
    remedy: "it comes with gan-exp: install that again, or give --data-dir a folder with the files",
    classes: Classes((0...9).map(String.init)),
    digests: [
      "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
      "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
      "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
      "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    ])

  /// The pixels of a split from 0 (paper) to 255 (ink), and how many an image has.
  package static func bytes(
    of split: ImageArchive.Split, in location: DataLocation
  ) throws(DataError) -> (values: [UInt8], size: Int) {
    let table = try archive.table(of: split, in: location)
    guard case .bytes(let bytes, _) = table.values else { preconditionFailure("images of bytes") }
    return (bytes, table.sampleSize)
  }

  package static let publication: Publication? = Publication(
    title: "MNIST", home: "http://yann.lecun.com/exdb/mnist/", licence: "CC BY-SA 3.0", folder: "mnist", files: [])
}
