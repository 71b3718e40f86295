import Glibc

/// A lock on a file that is there for other reasons, held until it is let go of; its content stays as it is.
package final class FileLock: Sendable {
  private let file: OpenFile

  /// Waits for the lock of a file.
  package init(_ path: String) throws(FileError) {
    file = try OpenFile(path, O_RDONLY, for: .lock)
    while flock(file.descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else { throw file.failure(.lock) }
    }
  }
}
