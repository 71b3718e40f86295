import Glibc

/// The pictures of a folder and the folders within it, in an order that depends on nothing but their paths.
struct ImageListing {
  /// The folder.
  let folder: String
  /// The paths of the pictures within it, ascending byte by byte.
  let images: [String]
  /// The subfolders with pictures, for pictures that lie in subfolders.
  let classes: Classes?
  /// The class of each picture.
  let labels: [Int32]?
  /// What is said of files that are left out.
  let note: String?

  private static let endings = [".png", ".jpg", ".jpeg"]
  private static let deepest = 32

  /// Lists a folder.
  /// - Throws: where it cannot be read, has no pictures, or has them both in itself and in subfolders.
  init(folder: String) throws(DataError) {
    var walk = Walk(root: folder)
    try walk.visit("", depth: 0)
    let order = { (a: String, b: String) in a.utf8.lexicographicallyPrecedes(b.utf8) }
    self.folder = folder
    images = walk.images.sorted(by: order)
    let skipped = walk.skipped.sorted(by: order)
    let shown = skipped.prefix(3).joined(separator: ", ") + (skipped.count > 3 ? ", ..." : "")
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
    let names = images.map { image in image.firstIndex(of: "/").map { String(image[..<$0]) } }
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
    let distinct = Set(inside).sorted(by: order)
    let numbers = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, Int32($0)) })
    classes = Classes(distinct)
    labels = inside.map { numbers[$0] ?? 0 }
  }

  /// A walk through a folder and those within it.
  private struct Walk {
    let root: String
    var images: [String] = []
    var skipped: [String] = []
    /// The folders on the way to the present one, so that links cannot lead round and round.
    var way: [Identity] = []

    struct Identity: Equatable {
      let device: UInt
      let number: UInt
    }

    init(root: String) { self.root = root }

    mutating func visit(_ path: String, depth: Int) throws(DataError) {
      let folder = path.isEmpty ? root : "\(root)/\(path)"
      guard let stream = opendir(folder) else { throw failure(folder) }
      defer { closedir(stream) }
      var status = stat()
      guard fstat(dirfd(stream), &status) == 0 else { throw failure(folder) }
      let identity = Identity(device: status.st_dev, number: status.st_ino)
      guard !way.contains(identity), depth <= ImageListing.deepest else {
        throw DataError(
          .unfit, "\(folder) leads back to a folder above it, or too deep", remedy: "remove the link", at: "path")
      }
      way.append(identity)
      defer { way.removeLast() }
      while let entry = readdir(stream) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
          String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        if name.hasPrefix(".") { continue }
        let inner = path.isEmpty ? name : "\(path)/\(name)"
        if FileBytes.isFolder("\(root)/\(inner)") {
          try visit(inner, depth: depth + 1)
        } else if ImageListing.endings.contains(where: { name.lowercased().hasSuffix($0) }) {
          images.append(inner)
        } else {
          skipped.append(inner)
        }
      }
    }

    private func failure(_ folder: String) -> DataError {
      DataError(
        .unreadable, "\(folder): cannot read it: \(SystemError.last.meaning)",
        remedy: "make the folder readable for this user", at: "path")
    }
  }
}
