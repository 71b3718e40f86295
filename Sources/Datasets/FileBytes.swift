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
    let (descriptor, size) = try open(path)
    defer { close(descriptor) }
    // The system's own files (/proc) say that they are empty and are not.
    return try size > 0 ? read(descriptor, expecting: size) : readToEnd(descriptor)
  }

  /// Reads the first bytes of a regular file, as many as there are up to `count`, and says how many it has.
  package static func read(_ path: String, first count: Int) throws(SystemError) -> (bytes: [UInt8], length: Int) {
    let (descriptor, size) = try open(path)
    defer { close(descriptor) }
    return (try read(descriptor, expecting: min(count, size)), size)
  }

  private static func open(_ path: String) throws(SystemError) -> (descriptor: Int32, size: Int) {
    guard !path.utf8.contains(0) else { throw SystemError(code: EINVAL) }
    // Without O_NONBLOCK, opening a pipe would wait for someone to write to it.
    var descriptor: Int32
    repeat { descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) } while descriptor < 0 && errno == EINTR
    guard descriptor >= 0 else { throw .last }
    var status = stat()
    let code: Int32 =
      fstat(descriptor, &status) != 0
      ? errno
      : status.st_mode & S_IFMT == S_IFREG ? 0 : status.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL
    guard code == 0 else {
      close(descriptor)
      throw SystemError(code: code)
    }
    return (descriptor, Int(status.st_size))
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
