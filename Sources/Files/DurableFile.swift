import Glibc
import SystemPackage

/// Files that are replaced as a whole: after a crash or a power cut there is the old content or the new.
package enum DurableFile {
  /// Writes a file so that at every moment its path holds the complete old content or the complete new one.
  ///
  /// A temporary file beside it is written, brought to the disk and renamed, and then the folder is brought to
  /// the disk. On any failure the temporary file is removed and the old file is as it was.
  package static func replace(_ path: String, with bytes: [UInt8]) throws(FileError) {
    try replace(path) { (file) throws(FileError) in try file.write(bytes) }
  }

  /// The same for content that is written piece by piece into the temporary file.
  static func replace(
    _ path: String, writing: (borrowing OpenFile) throws(FileError) -> Void
  ) throws(FileError) {
    let temporary = temporaryPath(for: path)
    do throws(FileError) {
      let file = try OpenFile(temporary, O_WRONLY | O_CREAT | O_TRUNC, for: .create)
      try writing(file)
      try file.synchronise()
      guard rename(temporary, path) == 0 else {
        throw FileError(path: path, action: .replace, code: errno)
      }
    } catch {
      unlink(temporary)
      // The user knows the path that was asked for, not the temporary one.
      throw error.told(of: path)
    }
    try synchroniseFolder(parent(of: path))
  }

  /// Writes to a path that a person gave: replaces a file durably, through symbolic links, and writes into what is no
  /// regular file, such as a pipe.
  package static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    var status = stat()
    guard !path.utf8.contains(0), stat(path, &status) == 0 else { return try replace(path, with: bytes) }
    if status.st_mode & S_IFMT == S_IFDIR { throw FileError(path: path, action: .write, code: EISDIR) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      return try OpenFile(path, O_WRONLY, for: .write, isWaiting: true).write(bytes)
    }
    let target = realpath(path, nil)
    defer { free(target) }
    try replace(target.map { String(cString: $0) } ?? path, with: bytes)
  }

  /// Bytes that may be written into a folder, or the nearest one above it that exists.
  /// - Throws: where this process may not write there.
  package static func room(at path: String) throws(FileError) -> Int {
    var folder = path
    while !FileBytes.isFolder(folder), folder != "/", folder != "." { folder = parent(of: folder) }
    guard access(folder, W_OK) == 0 else { throw FileError(path: folder, action: .write, code: errno) }
    var status = statvfs()
    guard statvfs(folder, &status) == 0 else { throw FileError(path: folder, action: .read, code: errno) }
    let (bytes, overflow) = UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize))
    return overflow ? .max : Int(clamping: bytes)
  }

  /// Reads a whole regular file.
  package static func read(_ path: String) throws(FileError) -> [UInt8] {
    do {
      return try FileBytes.read(RawPath(path))
    } catch {
      switch error {
      case .refused(let error): throw FileError(path: path, action: .read, code: error.code)
      case .notFile(let kind):
        if let name = kind.special { throw FileError(path: path, action: .read, isNoFile: name) }
        throw FileError(path: path, action: .read, code: kind == .folder ? EISDIR : EINVAL)
      case .tooLarge(let size, let room):
        throw FileError(
          path: path,
          damaged: "it has \(ByteCount.text(size)), more than the memory has room for "
            + "(\(ByteCount.text(room)))")
      case .changed(let old, let new):
        throw FileError(path: path, damaged: "it changed from \(old) to \(new) bytes while it was read")
      }
    }
  }

  /// Removes the temporary files that killed processes left in a folder; to be called by who holds its lock.
  package static func removeLeftovers(in folder: String) throws(FileError) {
    for name in try FolderListing.names(in: folder) where isLeftover(name) {
      let path = folder + "/" + name
      // A folder of such a name is nobody's temporary file.
      guard unlink(path) == 0 || errno == ENOENT || errno == EISDIR else {
        throw FileError(path: path, action: .remove, code: errno)
      }
    }
  }

  /// Whether a name is that of a temporary file, or of a folder that is being made.
  package static func isLeftover(_ name: String) -> Bool { name.hasPrefix(".") && name.hasSuffix(suffix) }

  /// Gives a file or folder another name beside it, `NAME.aside`, so that it is in nobody's way and not lost.
  /// - Returns: the new path; nil where there was nothing.
  package static func setAside(_ path: String) throws(FileError) -> String? {
    guard try FileKind.of(path) != nil else { return nil }
    var target = path + ".aside"
    var number = 2
    while try FileKind.of(target) != nil {
      target = "\(path).aside-\(number)"
      number += 1
    }
    guard rename(path, target) == 0 else { throw FileError(path: path, action: .replace, code: errno) }
    return target
  }

  /// Writes a new file beside others: `STEM.ENDING`, or with a number behind the stem where that name is taken.
  /// - Returns: its path.
  package static func write(
    _ bytes: [UInt8], toFreeName stem: String, ending: String
  ) throws(FileError) -> String {
    var path = "\(stem).\(ending)"
    var number = 2
    while try FileKind.of(path) != nil {
      path = "\(stem)-\(number).\(ending)"
      number += 1
    }
    try replace(path, with: bytes)
    return path
  }

  /// Removes a file; one that is not there is removed already.
  package static func remove(_ path: String) throws(FileError) {
    guard unlink(path) == 0 || errno == ENOENT else { throw FileError(path: path, action: .remove, code: errno) }
  }

  /// Waits until the names in a folder are on the disk: those created, renamed and removed before the call.
  package static func synchroniseFolder(_ folder: String) throws(FileError) {
    try OpenFile(folder, O_RDONLY | O_DIRECTORY, for: .write).synchronise()
  }

  /// The path of a folder from the root, without links; the path itself where there is no such folder.
  package static func absolute(_ folder: String) -> String {
    let path = realpath(folder.isEmpty ? "." : folder, nil)
    defer { free(path) }
    return path.map { String(cString: $0) } ?? folder
  }

  /// How the names of temporary files end.
  package static let suffix = ".partial"

  private static func temporaryPath(for path: String) -> String {
    let name = path.split(separator: "/", omittingEmptySubsequences: false).last.map(String.init) ?? ""
    return "\(parent(of: path))/.\(name).\(getpid())\(suffix)"
  }

  private static func parent(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

extension DurableFile {
  /// Makes a folder and those above it.
  package static func makeFolders(_ path: String) throws(FileError) {
    let path = FilePath(path)
    var folder = FilePath(root: path.root, [])
    for component in path.components {
      folder.append(component)
      if mkdir(folder.string, 0o777) != 0 {
        // Read first: looking at the folder makes an error number of its own.
        let code = errno
        guard code == EEXIST || FileBytes.isFolder(folder.string) else {
          throw FileError(path: folder.string, action: .makeFolder, code: code)
        }
      }
    }
  }
}
