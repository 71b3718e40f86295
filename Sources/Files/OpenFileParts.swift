import Glibc

/// Files that are too large for the memory, read and written in parts.
extension OpenFile {
  /// What the system knows of an open file.
  struct Status: Equatable {
    /// The number of bytes.
    let size: Int
    /// When its content or its properties last changed, in nanoseconds of the system's clock.
    let changed: Int
    /// Which file it is, whatever its name.
    let identity: Identity
  }

  /// Which file of which device.
  struct Identity: Equatable {
    let device: UInt64
    let number: UInt64
  }

  /// The bytes that are moved at a time: few enough for the processor's cache.
  private static let part = 1 << 18

  /// Opens a regular file for reading.
  static func reading(_ path: String) throws(FileError) -> OpenFile {
    // Without O_NONBLOCK, opening a pipe would wait for someone to write to it.
    let file = try OpenFile(path, O_RDONLY | O_NONBLOCK, for: .read)
    var status = stat()
    guard fstat(file.descriptor, &status) == 0 else { throw file.failure(.read) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return file
    case S_IFDIR: throw FileError(path: path, action: .read, code: EISDIR)
    default: throw FileError(path: path, action: .read, code: EINVAL)
    }
  }

  /// What the system knows of the file.
  func status() throws(FileError) -> Status {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(.read) }
    return Status(
      size: Int(status.st_size), changed: status.st_ctim.tv_sec * 1_000_000_000 + status.st_ctim.tv_nsec,
      identity: Identity(device: UInt64(status.st_dev), number: UInt64(status.st_ino)))
  }

  /// Which file has the path now; nil where there is none.
  static func identity(at path: String) throws(FileError) -> Identity? {
    var status = stat()
    if stat(path, &status) == 0 { return Identity(device: UInt64(status.st_dev), number: UInt64(status.st_ino)) }
    if errno == ENOENT || errno == ENOTDIR { return nil }
    throw FileError(path: path, action: .read, code: errno)
  }

  /// Writes bytes and adds them to a digest, a part at a time.
  package func write(_ bytes: UnsafeRawBufferPointer, adding digest: borrowing DigestStream) throws(FileError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = UnsafeRawBufferPointer(rebasing: rest.prefix(OpenFile.part))
      digest.add(part)
      try write(part)
      rest = rest.dropFirst(part.count)
    }
  }

  /// Overwrites bytes at an offset.
  package func write(_ bytes: [UInt8], at offset: Int) throws(FileError) {
    guard lseek(descriptor, offset, SEEK_SET) >= 0 else { throw failure(.write) }
    try write(bytes)
  }

  /// Fills memory with the bytes from an offset on.
  /// - Returns: how many there were; fewer than asked only at the end of the file.
  func read(into bytes: UnsafeMutableRawBufferPointer, at offset: Int) throws(FileError) -> Int {
    var count = 0
    while count < bytes.count {
      let received = pread(descriptor, bytes.baseAddress?.advanced(by: count), bytes.count - count, offset + count)
      if received < 0, errno == EINTR { continue }
      guard received >= 0 else { throw failure(.read) }
      if received == 0 { break }
      count += received
    }
    return count
  }

  /// Reads a range of the file into memory of its size, a part at a time, and adds it to a digest; where the file ends
  /// before, the digest is of less.
  func read(
    _ range: Range<Int>, into bytes: UnsafeMutableRawBufferPointer, adding digest: borrowing DigestStream
  ) throws(FileError) {
    var done = 0
    while done < bytes.count {
      let part = UnsafeMutableRawBufferPointer(rebasing: bytes[done..<min(done + OpenFile.part, bytes.count)])
      let count = try read(into: part, at: range.lowerBound + done)
      if count == 0 { return }
      digest.add(UnsafeRawBufferPointer(rebasing: part[..<count]))
      done += count
    }
  }

  /// The bytes in a range of the file; fewer where it ends before.
  package func bytes(in range: Range<Int>) throws(FileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: range.count)
    var span = bytes.mutableSpan
    var raw = span.mutableBytes
    let count = try raw.withUnsafeMutableBytes { (bytes) throws(FileError) in
      try read(into: bytes, at: range.lowerBound)
    }
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  /// Calls `body` with one part after the other of a range of the file, to where the range or the file ends.
  func forEachPart(of range: Range<Int>, _ body: ([UInt8]) throws(FileError) -> Void) throws(FileError) {
    var offset = range.lowerBound
    while offset < range.upperBound {
      let part = try bytes(in: offset..<min(offset + OpenFile.part, range.upperBound))
      if part.isEmpty { return }
      try body(part)
      offset += part.count
    }
  }
}
