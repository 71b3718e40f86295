import Glibc

extension FileKind {
  /// What lies at a path, links followed; nil where nothing does.
  /// - Throws: where the system cannot tell: a disk that fails, a folder that may not be searched.
  package static func of(_ path: String) throws(FileError) -> FileKind? {
    guard !path.utf8.contains(0) else { throw FileError(path: path, action: .read, code: EINVAL) }
    do throws(SystemError) {
      return try FileKind(at: RawPath(path))
    } catch {
      if error.code == ENOENT || error.code == ENOTDIR { return nil }
      throw FileError(path: path, action: .read, code: error.code)
    }
  }
}
