import Files
import Specs

/// PNG and JPEG files of a folder, brought to one size; its subfolders are classes.
///
/// The files of all subfolders, at any depth, are taken in the order of their paths, compared byte by byte. Where they
/// lie in subfolders, the first one on the way is the class, numbered in the same order. What ends in neither `.png`
/// nor `.jpg` nor `.jpeg` is left out and said; what begins with a dot is left out.
///
/// A picture is first made gray where that is asked (Rec. 601), then resized by exact means over areas. Transparent
/// parts lie over black; a rotation noted in EXIF is not applied. The values are `x / 127.5 - 1`.
///
/// ```yaml
/// dataset: {image_folder: {path: photos, size: [64, 64]}}
/// dataset: {image_folder: {path: photos, size: 32, channels: gray, resize: fit, horizontal_flip: true}}
/// ```
package struct ImageFolder: SelectableDataset {
  package static let name = "image_folder"
  package static let summary = "PNG and JPEG files of a folder of your own; its subfolders are classes"
  package static let alsoCalled = ["folder", "imagefolder"]
  package static let labelling: String? = "put the pictures into one folder per class"

  enum Channels: String, Choice { case rgb, gray }

  let path: String
  let size: (height: Int, width: Int)
  let channels: Channels
  let resize: Image.Fitting
  package let selection: Selection

  package init(from fields: inout Fields) {
    path = fields.string(
      .path, "the folder, absolute or relative to the spec, the present folder or --data-dir",
      validate: DataPath.refusal)
    let pair = fields.integerOrPair(
      FieldName("size", alsoCalled: ["image_size", "img_size", "resolution"], example: "2"), in: 1...4096,
      "the height and width of a sample, in pixels")
    size = (pair.0, pair.1)
    channels = fields.choice("channels", default: .rgb, "color or gray")
    resize = fields.choice(
      "resize", default: .crop,
      "how other shapes are brought to the size: cut, within black, or stretched")
    selection = Selection(from: &fields)
  }

  private var shape: [Int] { [size.height, size.width, channels == .rgb ? 3 : 1] }

  package func wholeSurvey(in location: DataLocation) throws(DataError) -> DatasetSummary {
    let listing = try listing(in: location)
    return DatasetSummary(
      count: listing.images.count, sampleShape: shape, bounds: -1...1, classes: listing.classes,
      notes: listing.note.map { [DataNote($0)] } ?? [])
  }

  package func wholeLabels(in location: DataLocation) throws(DataError) -> [Int32]? {
    try listing(in: location).labels
  }

  package func wholeTable(first: Int?, in location: DataLocation) throws(DataError) -> Table {
    let listing = try listing(in: location)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(listing.images.count * shape.reduce(1, *))
    for name in listing.images {
      bytes +=
        try image(name, of: listing, in: location).converted(toChannels: shape[2])
        .resized(height: size.height, width: size.width, resize).pixels
    }
    let values = Table.Values.bytes(bytes, lookup: ImageArchive.pixels)
    return Table(
      count: listing.images.count, sampleShape: shape, values: values, labels: listing.labels,
      digest: Table.digest(of: values, labels: listing.labels), origin: listing.folder.description)
  }

  private func image(
    _ name: RawPath, of listing: ImageListing, in location: DataLocation
  ) throws(DataError) -> Image {
    let file = DataFile(
      listing.folder.appending(name), field: "path", remedy: "put an undamaged picture in its place, or remove it",
      in: location)
    let content = try file.bytes()
    return try file.parsing { () throws(FormatError) in try Image.decode(content) }
  }

  /// What a check decodes: all pictures of a folder with so many at most, else so many of them, evenly spread; and no
  /// more once they have so many bytes of pixels.
  static let affordable = (pictures: 1000, pixels: 1 << 30)

  package func inspect(_ survey: DatasetSummary, in location: DataLocation) throws(DataError) -> DataInspection {
    let listing = try listing(in: location)
    let all = listing.images.count
    let wanted = min(all, ImageFolder.affordable.pictures)
    var (done, pixels) = (0, 0)
    while done < wanted, pixels < ImageFolder.affordable.pixels {
      pixels += try image(listing.images[done * all / wanted], of: listing, in: location).pixels.count
      done += 1
    }
    return .counted("decoded", done, of: all, "pictures")
  }

  private func listing(in location: DataLocation) throws(DataError) -> ImageListing {
    try ImageListing(folder: RawPath(location.path(of: path, isFolder: true, at: "path")))
  }
}

extension FieldName {
  static let path = FieldName("path", alsoCalled: ["root", "dir", "directory", "file", "folder"], example: "data")
}

/// What fields that name files and folders have in common.
enum DataPath {
  /// What to do about a path that no file can have; nothing where it is fine.
  static func refusal(_ path: String) -> String? {
    path.isEmpty || path.utf8.contains(0) ? "give the path of a file or folder" : nil
  }
}
