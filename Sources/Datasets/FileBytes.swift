import Glibc

/// The number with which the operating system says why a call failed.
package struct SystemError: Error, Equatable, Sendable {
  /// The value of `errno`.
  package let code: Int32

  /// Keeps a value of `errno`.
  package init(code: Int32) {
    self.code = code
  }

  /// The reason why the last call of this thread failed.
  package static var last: SystemError { SystemError(code: errno) }

  /// The system's own words for it, such as "No such file or directory".
  package var meaning: String { String(cString: strerror(code)) }
}

/// Whole files as arrays of bytes.
package enum FileBytes {
  /// Reads a regular file from its first byte to its last.
  ///
  /// Throws the system's reason; `EINVAL` for a path with a zero byte or for what is not a regular file.
  package static func read(_ path: String) throws(SystemError) -> [UInt8] {
    guard !path.utf8.contains(0) else { throw SystemError(code: EINVAL) }
    // Without O_NONBLOCK, opening a pipe would wait for someone to write to it.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .last }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .last }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw SystemError(code: EISDIR)
    default: throw SystemError(code: EINVAL)
    }
    // The system's own files (/proc) say that they are empty and are not.
    return try status.st_size > 0 ? read(descriptor, expecting: Int(status.st_size)) : readToEnd(descriptor)
  }

  /// Whether there is a regular file of that name, readable or not.
  package static func exists(_ path: String) -> Bool {
    var status = stat()
    return !path.utf8.contains(0) && stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Whether there is a folder of that name.
  package static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return !path.utf8.contains(0) && stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private static func readToEnd(_ descriptor: Int32) throws(SystemError) -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let part = try read(descriptor, expecting: 1 << 16)
      bytes += part
      if part.isEmpty { return bytes }
    }
  }

  private static func read(_ descriptor: Int32, expecting size: Int) throws(SystemError) -> [UInt8] {
    var failure: SystemError?
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let received = Glibc.read(descriptor, buffer.baseAddress?.advanced(by: count), size - count)
        if received < 0, errno == EINTR { continue }
        if received < 0 { failure = .last }
        if received <= 0 { return }
        count += received
      }
    }
    if let failure { throw failure }
    return bytes
  }
}
