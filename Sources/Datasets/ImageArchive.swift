import YAML

/// Gray images and their labels as MNIST publishes them: four IDX files, each with a known digest.
package struct ImageArchive: Sendable {
  /// The two halves of the images.
  package enum Split: String, CaseIterable, Sendable {
    case train, test

    /// Reads the field `split`.
    init(from fields: inout Fields) {
      let names = Split.allCases.map(\.rawValue)
      let choice = fields.choice(
        "split", among: names, default: Split.train.rawValue,
        "Which images: the training set or the test set.")
      self = Split(rawValue: choice) ?? .train
    }

    /// The number of images.
    var count: Int { self == .train ? 60_000 : 10_000 }
    /// The name of the file with the images.
    var images: String { self == .train ? "train-images-idx3-ubyte" : "t10k-images-idx3-ubyte" }
    /// The name of the file with the labels.
    var labels: String { self == .train ? "train-labels-idx1-ubyte" : "t10k-labels-idx1-ubyte" }
  }

  /// The images' name outside of specs.
  let title: String
  /// The names that a folder with the files can have.
  let folders: [String]
  /// What to do when there are no files.
  let remedy: String
  /// The SHA-256 of each file's uncompressed bytes.
  let digests: [String: String]

  /// The pixel values that bytes stand for: `x / 127.5 - 1`, each operation rounded to Float.
  static let pixels = (0...255).map { Float($0) / 127.5 - 1 }

  /// All archives, to recognise a file that is another one's.
  private static let all = [MNIST.archive, FashionMNIST.archive]

  /// The images of a split as a table.
  func table(of split: Split, in location: DataLocation) throws(DataError) -> Table {
    let (path, content) = try read(split.images, shape: [split.count, 28, 28], in: location)
    return Table(
      count: split.count, sampleShape: [28, 28, 1], values: .bytes(content, lookup: ImageArchive.pixels),
      digest: digests[split.images] ?? "", origin: path)
  }

  /// The labels of a split, 0 to 9.
  func labels(of split: Split, in location: DataLocation) throws(DataError) -> [UInt8] {
    try read(split.labels, shape: [split.count], in: location).content
  }

  /// Finds, reads and verifies one of the files.
  private func read(
    _ file: String, shape: [Int], in location: DataLocation
  ) throws(DataError) -> (path: String, content: [UInt8]) {
    let path = try location.path(of: file, in: folders, title: title, remedy: remedy)
    var bytes: [UInt8]
    do {
      bytes = try FileBytes.read(path)
    } catch {
      throw DataError(
        .unreadable, "\(path): cannot read it: \(error.meaning)",
        remedy: "make the file readable for this user")
    }
    do throws(FormatError) {
      // 1 GiB is far more than any of the files has.
      if Gunzip.isCompressed(bytes) { bytes = try Gunzip.decompress(bytes, limit: 1 << 30) }
      try verify(bytes, file, path)
      let content = try IDX(parsing: bytes)
      guard content.shape == shape else {
        throw FormatError("it has the shape \(content.shape), not \(shape)")
      }
      return (path, content.bytes)
    } catch {
      throw DataError(
        .damaged, "\(path): \(error.problem)",
        remedy: "put an unchanged \(file) of \(title) in its place, or name another folder with --data-dir")
    }
  }

  private func verify(_ bytes: [UInt8], _ file: String, _ path: String) throws(FormatError) {
    let (expected, found) = (digests[file] ?? "", Digest.sha256(bytes))
    guard expected != found else { return }
    let owner = ImageArchive.all.lazy.compactMap { archive in
      archive.digests.first { $0.value == found }.map { "these are the \($0.key) of \(archive.title)" }
    }
    throw FormatError(
      "it is not the \(file) of \(title): its SHA-256 is \(found), expected \(expected)"
        + (owner.first.map { " (\($0))" } ?? ""))
  }
}
