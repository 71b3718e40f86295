import Glibc

/// What lies at a path, links followed.
enum FileKind: Equatable {
  case file, folder
  /// A device of characters or blocks, such as `/dev/full`.
  case device
  /// What can be neither read from its beginning nor written into as a file, with its name: a pipe, a socket.
  case special(String)

  init(_ status: stat) {
    self =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFCHR, S_IFBLK: .device
      case S_IFIFO: .special("a pipe")
      default: .special("a socket")
      }
  }

  /// What lies at a path; nil where nothing does.
  /// - Throws: where the system cannot tell: a disk that fails, a folder that may not be searched.
  static func of(_ path: String) throws(FileError) -> FileKind? {
    var status = stat()
    guard !path.utf8.contains(0) else { throw FileError(path: path, action: .read, code: EINVAL) }
    if stat(path, &status) == 0 { return FileKind(status) }
    let code = errno
    if code == ENOENT || code == ENOTDIR { return nil }
    throw FileError(path: path, action: .read, code: code)
  }
}
