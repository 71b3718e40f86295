import Datasets
import Glibc

/// An open file that is closed when its owner lets go of it.
struct OpenFile: ~Copyable, Sendable {
  let path: String
  let descriptor: Int32

  /// Opens a file; a program started later does not inherit it.
  init(_ path: String, _ flags: Int32, for action: FileError.Action) throws(FileError) {
    guard !path.utf8.contains(0) else { throw FileError(path: path, action: action, code: EINVAL) }
    var opened: Int32
    repeat { opened = open(path, flags | O_CLOEXEC, 0o666) } while opened < 0 && errno == EINTR
    guard opened >= 0 else { throw FileError(path: path, action: action, code: errno) }
    self.path = path
    descriptor = opened
  }

  deinit { close(descriptor) }

  /// The number of bytes in the file.
  func size() throws(FileError) -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(.read) }
    return Int(status.st_size)
  }

  /// Writes all the bytes at the present offset.
  func write(_ bytes: [UInt8]) throws(FileError) {
    try bytes.span.bytes.withUnsafeBytes { (bytes) throws(FileError) in try write(bytes) }
  }

  /// Writes all the bytes at the present offset, in as many calls as the system wants.
  func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    var written = 0
    while written < bytes.count {
      let accepted = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
      if accepted < 0, errno == EINTR { continue }
      guard accepted >= 0 else { throw failure(.write) }
      // A device that accepts nothing and reports nothing would keep us here for ever.
      guard accepted > 0 else { throw FileError(path: path, action: .write, code: EIO) }
      written += accepted
    }
  }

  /// Cuts the file to a length and moves the offset there.
  func truncate(to length: Int) throws(FileError) {
    guard ftruncate(descriptor, length) == 0, lseek(descriptor, length, SEEK_SET) >= 0 else {
      throw failure(.write)
    }
  }

  /// Waits until the content is on the disk.
  func synchronise() throws(FileError) {
    while fsync(descriptor) != 0 {
      // EINVAL: a device or a file system that has nothing to synchronise.
      if errno == EINVAL { return }
      guard errno == EINTR else { throw failure(.write) }
    }
  }

  /// The last call failed.
  func failure(_ action: FileError.Action) -> FileError {
    FileError(path: path, action: action, code: errno)
  }
}
