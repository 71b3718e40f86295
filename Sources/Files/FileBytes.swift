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

/// Why a file could not be read.
package enum ReadFailure: Error, Equatable, Sendable {
  /// The system refused.
  case refused(SystemError)
  /// It is no file.
  case notFile(FileKind)
  /// Its bytes are more than the memory that there is for them.
  case tooLarge(size: Int, room: Int)
  /// It became longer or shorter while it was read.
  case changed(from: Int, to: Int)
}

/// Whole files as arrays of bytes.
package enum FileBytes {
  /// Reads a file from its first byte to its last, at most as many bytes as it had when it was opened.
  ///
  /// Memory is taken only where the length fits into `limit` bytes (without one: into the memory there is) and the
  /// system grants it.
  package static func read(_ path: RawPath, limit: Int? = nil) throws(ReadFailure) -> [UInt8] {
    let file = try OpenedFile(path)
    // To ask what memory there is takes longer than to read a small file.
    let limit = limit ?? (MemoryRoom.isSmall(file.size) && file.size > 0 ? file.size : MemoryRoom.available())
    // The system's own files (/proc) say that they are empty and are not.
    return try file.size > 0 ? file.available(0..<file.size, limit: limit) : file.bytesToEnd(limit: limit)
  }

  /// The text of one of the system's small files; nothing where it cannot be read.
  package static func text(_ path: String) -> String {
    (try? read(RawPath(path), limit: 1 << 20)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// Whether there is a regular file of that name, readable or not.
  package static func exists(_ path: String) -> Bool { (try? FileKind(at: RawPath(path))) == .file }

  /// Whether there is a folder of that name.
  package static func isFolder(_ path: String) -> Bool { (try? FileKind(at: RawPath(path))) == .folder }

  /// The bytes of a file; nil where it cannot be read.
  package static func size(_ path: String) -> Int? {
    do { return try OpenedFile(RawPath(path)).size } catch { return nil }
  }

  /// The last bytes of a file, and whether they are all it has.
  package static func tail(of path: String, atMost limit: Int) throws(FileError) -> (bytes: [UInt8], isWhole: Bool) {
    let file = try OpenFile.reading(path)
    let size = try file.size()
    let start = max(0, size - limit)
    return (try file.bytes(in: start..<size), start == 0)
  }
}

/// A regular file that is open for reading.
package struct OpenedFile: ~Copyable {
  private let descriptor: Int32
  /// Its bytes when it was opened.
  package let size: Int

  /// Opens a file.
  package init(_ path: RawPath) throws(ReadFailure) {
    guard let name = path.terminated else { throw .refused(SystemError(code: EINVAL)) }
    // Without O_NONBLOCK, opening a pipe would wait for someone to write to it.
    var descriptor: Int32
    repeat { descriptor = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK) } while descriptor < 0 && errno == EINTR
    // A socket cannot even be opened.
    guard descriptor >= 0 else {
      throw errno == ENXIO ? .notFile((try? FileKind(at: path)) ?? .device) : .refused(.last)
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let error = SystemError.last
      close(descriptor)
      throw .refused(error)
    }
    let kind = FileKind(status)
    guard kind == .file else {
      close(descriptor)
      throw .notFile(kind)
    }
    self.descriptor = descriptor
    size = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// The bytes of a range; all of them, or it throws.
  package func bytes(_ range: Range<Int>, limit: Int) throws(ReadFailure) -> [UInt8] {
    let bytes = try available(range, limit: limit)
    guard bytes.count == range.count else { throw .changed(from: size, to: range.lowerBound + bytes.count) }
    return bytes
  }

  /// The bytes of a range that are there.
  fileprivate func available(_ range: Range<Int>, limit: Int) throws(ReadFailure) -> [UInt8] {
    guard range.count <= limit, MemoryRoom.isGranted(range.count) else {
      throw .tooLarge(size: range.count, room: min(limit, MemoryRoom.available()))
    }
    var failure: SystemError?
    let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
      while count < range.count {
        let received = pread(
          descriptor, buffer.baseAddress?.advanced(by: count), range.count - count, range.lowerBound + count)
        if received < 0, errno == EINTR { continue }
        if received < 0 { failure = .last }
        if received <= 0 { return }
        count += received
      }
    }
    if let failure { throw .refused(failure) }
    return bytes
  }

  /// Throws where the file is no longer as long as it was.
  package func requireSameSize() throws(ReadFailure) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .refused(.last) }
    guard Int(status.st_size) == size else { throw .changed(from: size, to: Int(status.st_size)) }
  }

  fileprivate func bytesToEnd(limit: Int) throws(ReadFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let received = part.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if received < 0, errno == EINTR { continue }
      guard received >= 0 else { throw .refused(.last) }
      if received == 0 { return bytes }
      bytes += part[..<received]
      guard bytes.count <= limit else { throw .tooLarge(size: bytes.count, room: limit) }
    }
  }
}
