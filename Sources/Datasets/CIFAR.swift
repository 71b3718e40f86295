import Specs

/// Color images of 32 x 32 pixels in CIFAR's binary files: records of labels and three planes.
///
/// A. Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009.
struct CIFAR: Sendable {
  let title: String
  /// The names that a folder with the files can have.
  let folders: [String]
  let remedy: String
  /// The files of a split, in order, each with as many records as the first.
  let files: [String]
  /// Records in a file.
  let recordsPerFile: Int
  /// Bytes of labels before the pixels of a record, and which of them is taken.
  let labelBytes: Int
  let labelIndex: Int
  let classes: Classes

  private static let shape = [32, 32, 3]
  private static let plane = 32 * 32

  var survey: DatasetSummary {
    DatasetSummary(count: files.count * recordsPerFile, sampleShape: CIFAR.shape, bounds: -1...1, classes: classes)
  }

  /// The first file, where all are here.
  func place(in location: DataLocation) throws(DataError) -> String? {
    var paths: [String] = []
    for name in files {
      paths.append(try location.path(of: name, in: folders, title: title, remedy: remedy))
    }
    return paths.first
  }

  func labels(in location: DataLocation) throws(DataError) -> [Int32] {
    let size = labelBytes + 3 * CIFAR.plane
    var labels: [Int32] = []
    for name in files {
      let bytes = try read(name, in: location).bytes
      labels += stride(from: labelIndex, to: bytes.count, by: size).map { Int32(bytes[$0]) }
    }
    return labels
  }

  /// All images, and a file at a time.
  var reading: Reading {
    let size = labelBytes + 3 * CIFAR.plane
    return Reading(count: files.count * recordsPerFile, bytesBeside: recordsPerFile * size)
  }

  /// The images with their planes [3, 32, 32] turned into pixels [32, 32, 3].
  func table(in location: DataLocation) throws(DataError) -> Table {
    let size = labelBytes + 3 * CIFAR.plane
    var (pixels, labels): ([UInt8], [Int32]) = ([], [])
    pixels.reserveCapacity(files.count * recordsPerFile * 3 * CIFAR.plane)
    var folder = ""
    for name in files {
      let part = try read(name, in: location)
      folder = String(part.path.dropLast(name.utf8.count + 1))
      for record in stride(from: 0, to: part.bytes.count, by: size) {
        labels.append(Int32(part.bytes[record + labelIndex]))
        let red = record + labelBytes
        for pixel in red..<(red + CIFAR.plane) {
          pixels.append(part.bytes[pixel])
          pixels.append(part.bytes[pixel + CIFAR.plane])
          pixels.append(part.bytes[pixel + 2 * CIFAR.plane])
        }
      }
    }
    let values = Table.Values.bytes(pixels, lookup: ImageArchive.pixels)
    return Table(
      count: labels.count, sampleShape: CIFAR.shape, values: values, labels: labels,
      digest: Table.digest(of: values, labels: labels), origin: folder)
  }

  private func read(_ name: String, in location: DataLocation) throws(DataError) -> (path: String, bytes: [UInt8]) {
    let path = try location.path(of: name, in: folders, title: title, remedy: remedy)
    let file = DataFile(path, remedy: "put an unchanged \(name) of \(title) in its place", in: location)
    let bytes = try file.content(limit: 1 << 30)
    let size = labelBytes + 3 * CIFAR.plane
    guard bytes.count == recordsPerFile * size else {
      throw file.damaged("it has \(bytes.count) bytes, not the \(recordsPerFile * size) of \(recordsPerFile) records")
    }
    for record in 0..<recordsPerFile where bytes[record * size + labelIndex] >= classes.count {
      throw file.damaged(
        "the label of record \(record) is \(bytes[record * size + labelIndex]), not one of 0 to \(classes.count - 1)")
    }
    return (path, bytes)
  }
}

/// A dataset that is one split of CIFAR's files.
protocol CIFARImages: SelectableDataset {
  var files: CIFAR { get }
}

extension CIFARImages {
  package func place(in location: DataLocation) throws(DataError) -> String? { try files.place(in: location) }
  package func wholeSurvey(in location: DataLocation) throws(DataError) -> DatasetSummary { files.survey }
  package func wholeLabels(in location: DataLocation) throws(DataError) -> [Int32]? {
    try files.labels(in: location)
  }
  package func reading(_ whole: DatasetSummary, first: Int?, in location: DataLocation) throws(DataError) -> Reading {
    files.reading
  }
  package func wholeTable(first: Int?, in location: DataLocation) throws(DataError) -> Table {
    try files.table(in: location)
  }
}

/// Photographs in ten classes: 50 000 to train with and 10 000 to test with.
///
/// A. Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009. The values are `x / 127.5 - 1`.
///
/// ```yaml
/// dataset: cifar10
/// dataset: {cifar10: {classes: [3, 5], horizontal_flip: true}}
/// ```
package struct CIFAR10: CIFARImages {
  package static let name = "cifar10"
  package static let alsoCalled = ["cifar"]
  package static let summary =
    "photographs in ten classes, 32 x 32 RGB pixels: 50 000 to train with, 10 000 to test with"

  package static let partField: String? = "split"
  package let split: ImageArchive.Split
  package let selection: Selection

  package init(from fields: inout Fields) {
    split = ImageArchive.Split(from: &fields)
    selection = Selection(from: &fields)
  }

  var files: CIFAR {
    CIFAR(
      title: "CIFAR-10", folders: ["cifar-10-batches-bin", "cifar10"],
      remedy: "get it with `gan-exp data fetch cifar10`, or give --data-dir a folder with the files",
      files: split == .train ? (1...5).map { "data_batch_\($0).bin" } : ["test_batch.bin"], recordsPerFile: 10_000,
      labelBytes: 1, labelIndex: 0,
      classes: Classes([
        "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
      ]))
  }

  package static let publication: Publication? = Publication(
    title: "CIFAR-10", home: "https://www.cs.toronto.edu/~kriz/cifar.html", licence: "none stated; cite the report",
    folder: "cifar-10-batches-bin",
    files: [
      Publication.File(
        "cifar-10-binary.tar.gz", at: "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
        digest: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
        members: (1...5).map { "data_batch_\($0).bin" } + ["test_batch.bin"])
    ])
}
