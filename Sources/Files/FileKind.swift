import Glibc

/// What a path leads to.
package enum FileKind: String, Sendable {
  case file, folder, pipe, socket, device

  /// Looks at a path, through links.
  /// - Throws: the system's reason; `ENOENT` for a path with a zero byte.
  package init(at path: RawPath) throws(SystemError) {
    guard let name = path.terminated else { throw SystemError(code: ENOENT) }
    var status = stat()
    guard stat(name, &status) == 0 else { throw .last }
    self.init(status)
  }

  /// What lies there that can be neither read from its beginning nor written into as a file, such as `a pipe`; nil of files,
  /// folders and devices.
  package var special: String? { self == .pipe || self == .socket ? "a \(rawValue)" : nil }

  package init(_ status: stat) {
    self =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFIFO: .pipe
      case S_IFSOCK: .socket
      default: .device
      }
  }
}
