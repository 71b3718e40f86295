import CDeflate

/// Files that gzip compressed, decompressed as a whole.
public enum Gunzip {
  /// The version of libdeflate that it was built with.
  public static let libraryVersion = LIBDEFLATE_VERSION_STRING

  /// No content is compressed to less than one byte in this many by DEFLATE.
  private static let ratio = 1032

  /// Whether bytes begin as gzip's files do.
  public static func isCompressed(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x1f, 0x8b])
  }

  /// The content of a file with one member.
  ///
  /// The last four bytes say how long it is. Throws when they ask for more than `limit` bytes or for more than so
  /// short a file can hold, when the content fails its checksum or has another length, and when bytes follow it.
  public static func decompress(_ bytes: [UInt8], limit: Int = 1 << 32) throws(FormatError) -> [UInt8] {
    guard bytes.count >= 18, isCompressed(bytes) else {
      throw FormatError("it is not a file that gzip compressed, or it is cut short")
    }
    let size = bytes.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    guard size <= limit, size <= bytes.count * ratio else {
      throw FormatError("it cannot hold the \(size) bytes that it promises: it is damaged or cut short")
    }
    guard let decompressor = libdeflate_alloc_decompressor() else {
      throw FormatError("there is no memory left to decompress it")
    }
    defer { libdeflate_free_decompressor(decompressor) }
    var (consumed, produced) = (0, 0)
    var result = LIBDEFLATE_BAD_DATA
    let content = [UInt8](unsafeUninitializedCapacity: max(size, 1)) { buffer, count in
      result = libdeflate_gzip_decompress_ex(
        decompressor, bytes, bytes.count, buffer.baseAddress, size, &consumed, &produced)
      count = result == LIBDEFLATE_SUCCESS ? produced : 0
    }
    guard result == LIBDEFLATE_SUCCESS, consumed == bytes.count, produced == size else {
      throw FormatError("its compressed content is damaged or cut short")
    }
    return content
  }
}
