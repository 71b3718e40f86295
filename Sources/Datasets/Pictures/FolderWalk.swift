import Files
import Glibc

/// A walk through a folder and those within it, whose names are bytes.
struct FolderWalk {
  /// The files whose names end as those of pictures do, by their paths within the folder.
  private(set) var images: [RawPath] = []
  /// The other files.
  private(set) var skipped: [RawPath] = []
  private let root: RawPath
  /// The folders on the way to the present one, so that links cannot lead round and round.
  private var way: [Identity] = []

  private struct Identity: Equatable {
    let device: UInt
    let number: UInt
  }

  private static let endings = [".png", ".jpg", ".jpeg"].map { Array($0.utf8) }
  private static let deepest = 32

  /// Goes through a folder, but not through what begins with a dot.
  /// - Throws: where a folder cannot be read, or a link leads back.
  init(_ root: RawPath) throws(DataError) {
    self.root = root
    try visit(nil)
  }

  private mutating func visit(_ path: RawPath?) throws(DataError) {
    let folder = path.map(root.appending) ?? root
    guard let name = folder.terminated, let stream = opendir(name) else { throw FolderWalk.failure(folder) }
    defer { closedir(stream) }
    var status = stat()
    guard fstat(dirfd(stream), &status) == 0 else { throw FolderWalk.failure(folder) }
    let identity = Identity(device: status.st_dev, number: status.st_ino)
    guard !way.contains(identity), way.count <= FolderWalk.deepest else {
      throw DataError(
        .unfit, "\(folder) leads back to a folder above it, or too deep", remedy: "remove the link", at: "path")
    }
    way.append(identity)
    defer { way.removeLast() }
    while true {
      // Its end and its failure look the same but for this.
      errno = 0
      guard let entry = readdir(stream) else {
        if errno != 0 { throw FolderWalk.failure(folder) }
        return
      }
      let name = withUnsafeBytes(of: entry.pointee.d_name) { RawPath(bytes: Array($0.prefix { $0 != 0 })) }
      if name.bytes.first == UInt8(ascii: ".") { continue }
      let inner = path?.appending(name) ?? name
      let kind: FileKind?
      do throws(SystemError) {
        kind = try FileKind(at: root.appending(inner))
      } catch {
        // A link that leads nowhere, or round in a circle, is no folder; of another failure nothing follows.
        guard error.code == ENOENT || error.code == ELOOP else {
          throw DataError(
            .unreadable, "\(root.appending(inner)): cannot look at it: \(error.meaning)",
            remedy: "make the folder readable for this user", at: "path")
        }
        kind = nil
      }
      if kind == .folder {
        try visit(inner)
      } else if FolderWalk.isPicture(name) {
        images.append(inner)
      } else {
        skipped.append(inner)
      }
    }
  }

  private static func isPicture(_ name: RawPath) -> Bool {
    let end = name.bytes.suffix(5).map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
    return endings.contains { end.suffix($0.count) == $0[...] }
  }

  private static func failure(_ folder: RawPath) -> DataError {
    DataError(
      .unreadable, "\(folder): cannot read it: \(SystemError.last.meaning)",
      remedy: "make the folder readable for this user", at: "path")
  }
}
