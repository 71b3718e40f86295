import Specs

/// A dataset that is one split of an image archive; its values are `x / 127.5 - 1`.
package protocol ArchivedImages: SelectableDataset {
  /// Where the images come from.
  var archive: ImageArchive { get }
  /// Which of them.
  var split: ImageArchive.Split { get }
}

extension ArchivedImages {
  package static var partField: String? { "split" }

  package var isVerifiedOnLoad: Bool { !archive.digests.isEmpty }

  package func place(in location: DataLocation) throws(DataError) -> String? {
    try archive.place(of: split, in: location)
  }

  package func wholeSurvey(in location: DataLocation) throws(DataError) -> DatasetSummary {
    DatasetSummary(
      count: archive[split].count, sampleShape: [28, 28, 1], bounds: -1...1, classes: archive.classes)
  }

  package func wholeLabels(in location: DataLocation) throws(DataError) -> [Int32]? {
    try archive.labels(of: split, in: location).values
  }

  package func reading(_ whole: DatasetSummary, first: Int?, in location: DataLocation) throws(DataError) -> Reading {
    Reading(count: whole.count, bytesBeside: try archive.bytesBeside(of: split, in: location))
  }

  package func wholeTable(first: Int?, in location: DataLocation) throws(DataError) -> Table {
    try archive.table(of: split, in: location)
  }
}
