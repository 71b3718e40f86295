import YAML

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
  package static let summary = "Images, and labels if you have them, in IDX files of your own."

  let images: String
  let labels: String?
  package let selection: Selection

  package init(from fields: inout Fields) {
    images = fields.string(
      "images", "The file of images, absolute or relative to the spec, the present folder or --data-dir.",
      validate: DataPath.refusal)
    labels = fields.optionalString("labels", "The file with the class of each image.", validate: DataPath.refusal)
    selection = Selection(from: &fields)
  }

  private func array(
    _ name: String, _ field: String, in location: DataLocation
  ) throws(DataError) -> (file: DataFile, array: IDX) {
    let path = try location.path(of: name, isFolder: false, at: field)
    let file = DataFile(path: path, field: field, remedy: "use an undamaged IDX file")
    let content = try file.content()
    return (file, try file.parsing { () throws(FormatError) in try IDX(parsing: content) })
  }

  package func wholeSurvey(in location: DataLocation) throws(DataError) -> Survey {
    let (file, images) = try array(images, "images", in: location)
    return Survey(
      count: images.shape.first ?? 0, sampleShape: try sampleShape(images.shape, file), bounds: -1...1,
      classes: try labels(count: images.shape[0], in: location)?.classes)
  }

  package func wholeLabels(in location: DataLocation) throws(DataError) -> [Int32]? {
    try labels(count: nil, in: location)?.values
  }

  package func wholeTable(in location: DataLocation) throws(DataError) -> Table {
    let (file, images) = try array(images, "images", in: location)
    let shape = try sampleShape(images.shape, file)
    let labels = try labels(count: images.shape[0], in: location)?.values
    let values = Table.Values.bytes(images.bytes, lookup: ImageArchive.pixels)
    return Table(
      count: images.shape[0], sampleShape: shape, values: values, labels: labels,
      digest: Table.digest(of: values, labels: labels), origin: file.path)
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
    let (file, array) = try array(name, "labels", in: location)
    guard array.shape.count == 1 else {
      throw DataError(
        .unfit, "\(file.path) has the shape \(array.shape), but labels are [count]",
        remedy: "give the file of labels", at: file.field)
    }
    return try LabelList(array.bytes.map(Double.init), of: count, file)
  }
}
