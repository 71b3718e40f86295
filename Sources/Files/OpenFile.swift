import Glibc

/// An open file that is closed when its owner lets go of it.
package struct OpenFile: ~Copyable, Sendable {
  package let path: String
  package let descriptor: Int32

  /// Opens a file, or with `O_DIRECTORY` a folder; a program started later does not inherit it.
  ///
  /// A pipe or a socket in a file's place is refused: opening it would wait for somebody at its other end. With
  /// `isWaiting` it is waited for, as a path that a person gave may be a pipe on purpose.
  package init(
    _ path: String, _ flags: Int32, for action: FileError.Action, isWaiting: Bool = false
  ) throws(FileError) {
    descriptor = try OpenFile.open(path, flags, for: action, isWaiting: isWaiting)
    self.path = path
  }

  private static func open(
    _ path: String, _ flags: Int32, for action: FileError.Action, isWaiting: Bool
  ) throws(FileError) -> Int32 {
    guard !path.utf8.contains(0) else { throw FileError(path: path, action: action, code: EINVAL) }
    let flags = flags | O_CLOEXEC | (isWaiting ? 0 : O_NONBLOCK)
    var opened: Int32
    repeat { opened = Glibc.open(path, flags, 0o666) } while opened < 0 && errno == EINTR
    guard opened >= 0 else {
      let code = errno
      // What a pipe without a reader, or a socket, says of itself.
      if code == ENXIO, let name = (try? FileKind.of(path))?.special {
        throw FileError(path: path, action: action, isNoFile: name)
      }
      throw FileError(path: path, action: action, code: code)
    }
    guard !isWaiting, flags & O_DIRECTORY == 0 else { return opened }
    var status = stat()
    let code = fstat(opened, &status) == 0 ? 0 : errno
    let kind = FileKind(status)
    if code == 0, kind == .file || kind == .device { return opened }
    close(opened)
    if code == 0, let name = kind.special { throw FileError(path: path, action: action, isNoFile: name) }
    throw FileError(path: path, action: action, code: code == 0 ? EISDIR : code)
  }

  deinit { close(descriptor) }

  /// The number of bytes in the file.
  func size() throws(FileError) -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(.read) }
    return Int(status.st_size)
  }

  /// Writes all the bytes at the present offset.
  package func write(_ bytes: [UInt8]) throws(FileError) {
    try bytes.span.bytes.withUnsafeBytes { (bytes) throws(FileError) in try write(bytes) }
  }

  /// Writes all the bytes at the present offset, in as many calls as the system wants.
  package func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
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
