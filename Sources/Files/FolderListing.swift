import Glibc

/// The names of what lies in a folder.
package enum FolderListing {
  /// All names but those of the folder itself and its parent, sorted.
  package static func names(in folder: String) throws(FileError) -> [String] {
    var opened: OpaquePointer?
    repeat { opened = opendir(folder) } while opened == nil && errno == EINTR
    guard let stream = opened else { throw FileError(path: folder, action: .read, code: errno) }
    defer { closedir(stream) }
    var names: [String] = []
    while true {
      // The end and a failure both return nothing; only a failure says why.
      errno = 0
      guard let entry = readdir(stream) else {
        let code = errno
        guard code == 0 else { throw FileError(path: folder, action: .read, code: code) }
        return names.sorted()
      }
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
  }
}
