import Glibc

/// Folders with all that is in them; links are not followed.
package enum FolderTree {
  /// The paths of all that is no folder, within a folder, sorted.
  package static func files(in folder: String) throws(FileError) -> [String] {
    var found: [String] = []
    try visit(folder, "") { path, status in
      if status.st_mode & S_IFMT != S_IFDIR { found.append(path) }
    }
    return found.sorted()
  }

  /// The bytes of all files in a folder, or of a single file; 0 where there is nothing.
  package static func size(of path: String) throws(FileError) -> Int {
    var status = stat()
    guard lstat(path, &status) == 0 else { return 0 }
    guard status.st_mode & S_IFMT == S_IFDIR else { return Int(status.st_size) }
    var bytes = 0
    try visit(path, "") { _, status in if status.st_mode & S_IFMT == S_IFREG { bytes += Int(status.st_size) } }
    return bytes
  }

  /// Calls `body` with the path of each entry within a folder; what a folder has comes after it.
  private static func visit(
    _ folder: String, _ beginning: String, _ body: (String, stat) -> Void
  ) throws(FileError) {
    for name in try FolderListing.names(in: folder) {
      let path = "\(folder)/\(name)"
      var status = stat()
      guard lstat(path, &status) == 0 else {
        if errno == ENOENT { continue }
        throw FileError(path: path, action: .read, code: errno)
      }
      body(beginning + name, status)
      if status.st_mode & S_IFMT == S_IFDIR { try visit(path, "\(beginning)\(name)/", body) }
    }
  }

  /// Removes a folder with all that is in it, or a file; what is not there is removed already.
  package static func remove(_ path: String) throws(FileError) {
    if unlink(path) == 0 { return }
    // Read first: looking at the folder makes an error number of its own.
    let code = errno
    if code == ENOENT { return }
    guard code == EISDIR || code == EPERM, FileBytes.isFolder(path) else {
      throw FileError(path: path, action: .remove, code: code)
    }
    for name in try FolderListing.names(in: path) { try remove("\(path)/\(name)") }
    guard rmdir(path) == 0 || errno == ENOENT else { throw FileError(path: path, action: .remove, code: errno) }
  }

  /// Whether something lies at a path, be it a link that leads nowhere, or it cannot be told.
  package static func isThere(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 || (errno != ENOENT && errno != ENOTDIR)
  }

  /// Where a path leads that is a link itself; nil where it is none.
  package static func target(of path: String) -> String? {
    var name = [UInt8](repeating: 0, count: 4096)
    let length = name.withUnsafeMutableBytes { bytes in
      bytes.baseAddress.map { readlink(path, $0, bytes.count) } ?? -1
    }
    return length > 0 ? String(decoding: name.prefix(length), as: UTF8.self) : nil
  }

  /// Removes a file and then the folder in which it lies, which stays where anything else is in it.
  package static func remove(_ file: String, andEmpty folder: String) {
    unlink(file)
    rmdir(folder)
  }

  /// Gives a folder or file another path on the same disk, durably; nothing may lie there.
  ///
  /// Where it throws it may have its new path already: what comes last is to bring that to the disk.
  package static func move(_ path: String, to target: String) throws(FileError) {
    guard try FileKind.of(target) == nil else { throw FileError(path: target, action: .create, code: EEXIST) }
    guard rename(path, target) == 0 else { throw FileError(path: target, action: .create, code: errno) }
    for folder in [parent(of: target), parent(of: path)] { try DurableFile.synchroniseFolder(folder) }
  }

  /// Makes a new folder in one that is there; nil where something has its name.
  package static func make(_ path: String) throws(FileError) -> Bool {
    if mkdir(path, 0o777) == 0 { return true }
    guard errno == EEXIST else { throw FileError(path: path, action: .makeFolder, code: errno) }
    return false
  }

  /// The last part of a path.
  package static func name(of path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// The folder that something lies in.
  package static func parent(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
