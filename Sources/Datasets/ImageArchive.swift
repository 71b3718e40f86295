import Files
import Specs

/// Gray images of 28 x 28 pixels and their labels as MNIST publishes them: four IDX files, mostly with known digests.
package struct ImageArchive: Sendable {
  /// The two halves of the images.
  package enum Split: String, Choice {
    case train, test

    /// Reads the field that chooses one of them.
    init(from fields: inout Fields, _ key: FieldName = "split") {
      self = fields.choice(key, default: .train, "which images: the training set or the test set")
    }
  }

  /// One of the halves: a file of images and one of labels.
  struct Part: Sendable {
    let images: String
    let labels: String
    let count: Int
  }

  /// The images' name outside of specs.
  let title: String
  /// The names that a folder with the files can have.
  let folders: [String]
  /// What to do when there are no files.
  let remedy: String
  /// What images show.
  package let classes: Classes
  /// The SHA-256 of each file's uncompressed bytes, where it is known.
  let digests: [String: String]
  var train = Part(images: "train-images-idx3-ubyte", labels: "train-labels-idx1-ubyte", count: 60_000)
  var test = Part(images: "t10k-images-idx3-ubyte", labels: "t10k-labels-idx1-ubyte", count: 10_000)
  /// The label of class 0 in the file of labels.
  var firstLabel = 0
  /// Whether rows and columns are exchanged in the file of images.
  var isTransposed = false

  /// The pixel values that bytes stand for: `x / 127.5 - 1`, each operation rounded to Float.
  static let pixels = (0...255).map { Float($0) / 127.5 - 1 }

  /// All archives with known digests, to recognise a file that is another one's.
  private static let all = [MNIST.archive, FashionMNIST.archive]

  /// The files of a split.
  subscript(split: Split) -> Part { split == .train ? train : test }

  /// The images of a split as a table.
  func table(of split: Split, in location: DataLocation) throws(DataError) -> Table {
    let count = self[split].count
    var images = try read(self[split].images, shape: [count, 28, 28], in: location)
    let labels = try labels(of: split, in: location)
    if isTransposed { ImageArchive.transpose(&images.content, side: 28) }
    // Where no digest is known the labels are not known to be the right ones either.
    let isKnown = digests[self[split].images] != nil
    return Table(
      count: count, sampleShape: [28, 28, 1], values: .bytes(images.content, lookup: ImageArchive.pixels),
      labels: labels.values,
      digest: isKnown ? images.digest : Digest.sha256([UInt8]((images.digest + labels.digest).utf8)),
      origin: images.path)
  }

  /// Bytes of memory beside the images while they are read: those of the compressed file; none where it is not here.
  func bytesBeside(of split: Split, in location: DataLocation) throws(DataError) -> Int {
    let path: String
    do throws(DataError) {
      path = try place(of: split, in: location)
    } catch {
      guard error.kind == .missing else { throw error }
      return 0
    }
    let images = self[split].count * 28 * 28
    return max(0, try DataFile(path, remedy: remedy, in: location).contentFootprint() - images)
  }

  /// The file of images of a split, where both files are here.
  func place(of split: Split, in location: DataLocation) throws(DataError) -> String {
    _ = try location.path(of: self[split].labels, in: folders, title: title, remedy: remedy)
    return try location.path(of: self[split].images, in: folders, title: title, remedy: remedy)
  }

  /// The labels of a split, counted from 0.
  func labels(of split: Split, in location: DataLocation) throws(DataError) -> (values: [Int32], digest: String) {
    let file = try read(self[split].labels, shape: [self[split].count], in: location)
    let values = file.content.map { Int32($0) - Int32(firstLabel) }
    if let wrong = values.firstIndex(where: { !(0..<Int32(classes.count)).contains($0) }) {
      throw DataError(
        .damaged,
        "\(file.path): label \(wrong) is \(file.content[wrong]), not one of \(firstLabel) to "
          + "\(firstLabel + classes.count - 1)", remedy: "put an unchanged file in its place")
    }
    return (values, file.digest)
  }

  /// Finds, reads and verifies one of the files.
  private func read(
    _ file: String, shape: [Int], in location: DataLocation
  ) throws(DataError) -> (path: String, content: [UInt8], digest: String) {
    let path = try location.path(of: file, in: folders, title: title, remedy: remedy)
    let source = DataFile(
      path, remedy: "put an unchanged \(file) of \(title) in its place, or name another folder with --data-dir",
      in: location)
    // 1 GiB is far more than any of the files has.
    let bytes = try source.content(limit: 1 << 30)
    let digest = Digest.sha256(bytes)
    return try source.parsing(consume bytes) { (bytes: consuming [UInt8]) throws(FormatError) in
      try verify(digest, file)
      let content = try IDX(parsing: bytes)
      guard content.shape == shape else {
        throw FormatError("it has the shape \(content.shape), not \(shape)")
      }
      return (path, content.bytes, digest)
    }
  }

  private func verify(_ found: String, _ file: String) throws(FormatError) {
    guard let expected = digests[file], expected != found else { return }
    let owner = ImageArchive.all.lazy.compactMap { archive in
      archive.digests.first { $0.value == found }.map { "these are the \($0.key) of \(archive.title)" }
    }
    throw FormatError(
      "it is not the \(file) of \(title): its SHA-256 is \(found), expected \(expected)"
        + (owner.first.map { " (\($0))" } ?? ""))
  }

  /// Exchanges rows and columns of each image [side, side].
  private static func transpose(_ images: inout [UInt8], side: Int) {
    for first in stride(from: 0, to: images.count, by: side * side) {
      for y in 0..<side {
        for x in 0..<y { images.swapAt(first + y * side + x, first + x * side + y) }
      }
    }
  }
}
