import Files

/// The pictures of a folder and the folders within it, in an order that depends on nothing but their paths.
struct ImageListing {
  /// The folder.
  let folder: RawPath
  /// The paths of the pictures within it, ascending byte by byte.
  let images: [RawPath]
  /// The subfolders with pictures, for pictures that lie in subfolders; different bytes are different classes.
  let classes: Classes?
  /// The class of each picture.
  let labels: [Int32]?
  /// What is said of files that are left out.
  let note: String?

  /// Lists a folder.
  /// - Throws: where it cannot be read, has no pictures, or has them both in itself and in subfolders.
  init(folder: RawPath) throws(DataError) {
    let walk = try FolderWalk(folder)
    self.folder = folder
    images = walk.images.sorted(by: RawPath.precedes)
    let skipped = walk.skipped.sorted(by: RawPath.precedes)
    let shown = skipped.prefix(3).map(\.description).joined(separator: ", ") + (skipped.count > 3 ? ", ..." : "")
    note =
      skipped.isEmpty
      ? nil
      : skipped.count == 1
        ? "one file of \(folder) is neither PNG nor JPEG and is left out: \(shown)"
        : "\(skipped.count) files of \(folder) are neither PNG nor JPEG and are left out: \(shown)"
    guard !images.isEmpty else {
      throw DataError(
        .missing, "\(folder) has no PNG or JPEG files",
        remedy: "put pictures into it whose names end in .png, .jpg or .jpeg", at: "path")
    }
    let names = images.map { image in
      image.bytes.firstIndex(of: UInt8(ascii: "/")).map { RawPath(bytes: Array(image.bytes[..<$0])) }
    }
    let inside = names.compactMap { $0 }
    guard !inside.isEmpty else {
      (classes, labels) = (nil, nil)
      return
    }
    if let stray = names.firstIndex(where: { $0 == nil }) {
      throw DataError(
        .unfit,
        "\(folder) has pictures in itself (\(images[stray])) and in subfolders (\(inside[0])), which are classes",
        remedy: "move them into a subfolder, or give the path of one", at: "path")
    }
    let distinct = Set(inside).sorted(by: RawPath.precedes)
    let numbers = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, Int32($0)) })
    classes = Classes(distinct.map(\.description))
    labels = inside.map { numbers[$0] ?? 0 }
  }
}
