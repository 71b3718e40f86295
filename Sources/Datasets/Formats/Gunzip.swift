import CDeflate
import Files

/// Files that gzip compressed, decompressed as a whole (RFC 1952).
package enum Gunzip {
  /// The version of libdeflate that it was built with.
  package static let libraryVersion = LIBDEFLATE_VERSION_STRING

  /// The most bytes that are decompressed: longer content has no length in the format.
  package static let longest = 1 << 32

  /// No content is compressed to less than one byte in this many by DEFLATE.
  private static let ratio = 1032

  /// Whether bytes begin as gzip's files do.
  package static func isCompressed(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x1f, 0x8b])
  }

  /// The bytes of a file's content as its last four bytes say: the length of the last member, mostly of the only one,
  /// modulo 2^32.
  private static func length(endingWith end: some BidirectionalCollection<UInt8>) -> Int {
    end.reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  /// The bytes of the content of a file of some size, no more than so short a file can hold.
  static func length(endingWith end: [UInt8], of size: Int) -> Int { min(length(endingWith: end), size * ratio) }

  /// The content of all members of a file, one behind the other: of what gzip compressed, and of such files joined.
  ///
  /// Memory is taken for no more than `limit` bytes, nor for more than so short a file can hold. Throws when the content
  /// is longer, fails its checksums or lengths, and when other bytes follow it.
  package static func decompress(_ bytes: [UInt8], limit: Int = Gunzip.longest) throws(FormatError) -> [UInt8] {
    guard bytes.count >= 18, isCompressed(bytes) else {
      throw FormatError("it is not a file that gzip compressed, or it is cut short")
    }
    guard let decompressor = libdeflate_alloc_decompressor() else {
      throw FormatError("there is no memory left to decompress it")
    }
    defer { libdeflate_free_decompressor(decompressor) }
    let promised = length(endingWith: bytes.suffix(4))
    guard promised <= bytes.count * ratio else {
      throw FormatError("it cannot hold the \(promised) bytes that it promises: it is damaged or cut short")
    }
    guard promised <= limit else { throw tooLong(limit) }
    var (content, place) = try member(of: bytes, from: 0, expecting: promised, limit: limit, decompressor)
    var size = content.count
    while place < bytes.count {
      let (more, next) = try member(
        of: bytes, from: place, expecting: size, limit: limit - content.count, decompressor)
      guard MemoryRoom.isGranted(content.count + more.count) else { throw tooLong(limit) }
      content += more
      (size, place) = (more.count, next)
    }
    return content
  }

  /// The content of the member that begins at a place, and where the next one would.
  private static func member(
    of bytes: [UInt8], from place: Int, expecting size: Int, limit: Int, _ decompressor: OpaquePointer
  ) throws(FormatError) -> (bytes: [UInt8], next: Int) {
    let most = min(limit, (bytes.count - place) * ratio)
    var capacity = min(max(size, 64), most)
    while true {
      guard MemoryRoom.isGranted(capacity) else { throw tooLong(limit) }
      var (consumed, produced) = (0, 0)
      var result = LIBDEFLATE_BAD_DATA
      let content = bytes.withUnsafeBytes { file in
        [UInt8](unsafeUninitializedCapacity: max(capacity, 1)) { buffer, count in
          result = libdeflate_gzip_decompress_ex(
            decompressor, file.baseAddress?.advanced(by: place), file.count - place, buffer.baseAddress, capacity,
            &consumed, &produced)
          count = result == LIBDEFLATE_SUCCESS ? produced : 0
        }
      }
      if result == LIBDEFLATE_SUCCESS { return (content, place + consumed) }
      guard result == LIBDEFLATE_INSUFFICIENT_SPACE else {
        throw FormatError("its compressed content is damaged or cut short")
      }
      guard capacity < most else {
        throw most == limit ? tooLong(limit) : FormatError("its compressed content is damaged or cut short")
      }
      capacity = min(capacity * 4, most)
    }
  }

  private static func tooLong(_ limit: Int) -> FormatError {
    let size = ByteCount.text(limit)
    return limit < longest
      ? FormatError(
        "decompressed it has more than the \(size) that there is room for",
        remedy: "use fewer data, or a machine with more memory")
      : FormatError(
        "decompressed it has more than \(size), the most that is read of a compressed file",
        remedy: "decompress it first, with gunzip")
  }
}
