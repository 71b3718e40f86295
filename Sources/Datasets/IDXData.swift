import Files
import Specs

/// Any images in the format of the MNIST files: an IDX array of bytes [count, height, width] or [count, height, width,
/// channels], gzip-compressed or not.
///
/// The values are `x / 127.5 - 1`. Labels are an IDX array of bytes [count].
///
/// ```yaml
/// dataset: {idx: {images: train-images.gz, labels: train-labels.gz}}
/// ```
package struct IDXData: SelectableDataset {
  package static let name = "idx"
  package static let summary = "images, and labels if you have them, in IDX files of your own"
  package static let labelling: String? = "name the file of the classes: dataset: {idx: {labels: ...}}"

  let images: String
  let labels: String?
  package let selection: Selection

  package init(from fields: inout Fields) {
    images = fields.string(
      "images", "the file of images, absolute or relative to the spec, the present folder or --data-dir",
      validate: DataPath.refusal)
    labels = fields.optionalString("labels", "the file with the class of each image", validate: DataPath.refusal)
    selection = Selection(from: &fields)
  }

  /// The shape of an array, and its first entries along the first axis where so many are wanted and it is not compressed.
  ///
  /// What is not compressed is compared with the file's length before memory is taken, and read no further than that.
  private func array(
    _ name: String, _ field: String, first: Int?, in location: DataLocation
  ) throws(DataError) -> (file: DataFile, shape: [Int], values: [UInt8]) {
    let file = DataFile(
      try location.path(of: name, isFolder: false, at: field), field: field, remedy: "use an undamaged IDX file",
      in: location)
    let (beginning, length) = try file.beginning(IDX.Header.longest)
    if Gunzip.isCompressed(beginning) {
      let content = try file.content()
      let array = try file.parsing(consume content) { (content: consuming [UInt8]) throws(FormatError) in
        try IDX(parsing: content)
      }
      return (file, array.shape, array.bytes)
    }
    let header = try file.parsing { () throws(FormatError) in
      try IDX.Header(parsing: beginning, fileLength: length)
    }
    let size = header.shape.dropFirst().reduce(1, *)
    let end = first.map { header.start + min($0, header.shape.first ?? 0) * size } ?? length
    return (file, header.shape, try file.bytes(of: [header.start..<end], length: length))
  }

  package func wholeSurvey(in location: DataLocation) throws(DataError) -> DatasetSummary {
    let (file, shape, _) = try array(images, "images", first: 0, in: location)
    return DatasetSummary(
      count: shape.first ?? 0, sampleShape: try sampleShape(shape, file), bounds: -1...1,
      labels: try labels(count: shape[0], in: location))
  }

  package func wholeLabels(in location: DataLocation) throws(DataError) -> [Int32]? {
    try labels(count: nil, in: location)?.values
  }

  package func reading(_ whole: DatasetSummary, first: Int?, in location: DataLocation) throws(DataError) -> Reading {
    let file = DataFile(
      try location.path(of: images, isFolder: false, at: "images"), field: "images", remedy: "", in: location)
    guard Gunzip.isCompressed(try file.beginning(2).bytes) else {
      return Reading(count: min(first ?? .max, whole.count))
    }
    return Reading(
      count: whole.count, bytesBeside: max(0, try file.contentFootprint() - whole.valueBytes(of: whole.count)))
  }

  package func wholeTable(first: Int?, in location: DataLocation) throws(DataError) -> Table {
    let (file, shape, bytes) = try array(images, "images", first: first, in: location)
    let sampleShape = try sampleShape(shape, file)
    let count = bytes.count / sampleShape.reduce(1, *)
    let labels = try labels(count: shape[0], in: location).map { Array($0.values.prefix(count)) }
    let values = Table.Values.bytes(bytes, lookup: ImageArchive.pixels)
    return Table(
      count: count, sampleShape: sampleShape, values: values, labels: labels,
      digest: Table.digest(of: values, labels: labels), origin: file.path.description)
  }

  package func inspect(_ survey: DatasetSummary, in location: DataLocation) throws(DataError) -> DataInspection {
    .complete("as long as its header says; any bytes are pixels")
  }

  private func sampleShape(_ shape: [Int], _ file: DataFile) throws(DataError) -> [Int] {
    guard shape.count == 3 || shape.count == 4, !shape.contains(0) else {
      throw DataError(
        .unfit,
        "\(file.path) has the shape \(shape), but images are [count, height, width] or "
          + "[count, height, width, channels]", remedy: "give the file of images", at: file.field)
    }
    return Array(shape.dropFirst()) + (shape.count == 3 ? [1] : [])
  }

  private func labels(count: Int?, in location: DataLocation) throws(DataError) -> LabelList? {
    guard let name = labels else { return nil }
    let (file, shape, bytes) = try array(name, "labels", first: nil, in: location)
    guard shape.count == 1 else {
      throw DataError(
        .unfit, "\(file.path) has the shape \(shape), but labels are [count]",
        remedy: "give the file of labels", at: file.field)
    }
    return try LabelList(bytes.map(Double.init), of: count, file)
  }
}
