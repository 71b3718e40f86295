import YAML

/// A dataset that is one split of an image archive; its values are `x / 127.5 - 1`.
package protocol ArchivedImages: Dataset {
  /// Where the images come from.
  static var archive: ImageArchive { get }
  /// Which of them.
  var split: ImageArchive.Split { get }
  init(split: ImageArchive.Split)
}

extension ArchivedImages {
  package init(from fields: inout Fields) { self.init(split: ImageArchive.Split(from: &fields)) }

  package var sampleShape: [Int] { [28, 28, 1] }
  package var count: Int { split.count }
  package var bounds: ClosedRange<Float>? { -1...1 }

  package func load(from location: DataLocation, seed: UInt64) throws(DataError) -> Table {
    try Self.archive.table(of: split, in: location)
  }

  package func labels(from location: DataLocation) throws(DataError) -> [UInt8]? {
    try Self.archive.labels(of: split, in: location)
  }
}
