import Glibc

/// What tells a file, or a folder, from the one that had its name before, as the system knows it without reading it.
package struct FileIdentity: Equatable, Sendable {
  /// Its bytes.
  package let size: Int64
  /// When its content last changed, in nanoseconds since 1970.
  package let modified: Int64
  /// Its number on its disk.
  package let inode: UInt64

  /// An identity that was written down.
  package init(size: Int64, modified: Int64, inode: UInt64) {
    (self.size, self.modified, self.inode) = (size, modified, inode)
  }

  /// That of what lies at a path, links followed; nil where nothing does, or the system does not tell.
  package init?(of path: String) {
    var status = stat()
    guard !path.utf8.contains(0), stat(path, &status) == 0 else { return nil }
    size = Int64(status.st_size)
    modified = Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec)
    inode = UInt64(status.st_ino)
  }
}
