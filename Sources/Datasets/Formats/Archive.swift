import CArchive
import Files
import Glibc

/// Archives of files in memory, read by libarchive.
package enum Archive: Sendable {
  /// Files that tar packed one behind the other (ustar, pax, GNU): the headers have sums, the files none.
  case tar
  /// Files that are compressed each for itself and have each a CRC-32; the directory at the archive's end says which.
  case zip

  /// The version of libarchive that it was built with.
  package static let libraryVersion = ARCHIVE_VERSION_ONLY_STRING

  /// The regular files whose path is wanted, in the order of the archive; folders and links are passed over.
  ///
  /// Memory is taken for no more than an archive of this length can hold, and only where the system grants it. Throws
  /// where the archive is damaged up to the last file, or a file that is wanted is not the one that was packed.
  package func files(
    in archive: [UInt8], where isWanted: (String) -> Bool
  ) throws(FormatError) -> [(path: String, bytes: [UInt8])] {
    guard let reader = archive_read_new() else { throw Archive.noMemory }
    defer { archive_read_free(reader) }
    // libarchive warns of paths that the locale has no characters for, and the C locale has ASCII only.
    let characters = newlocale(1 << LC_CTYPE, "C.UTF-8", nil)
    let usual = uselocale(characters)
    defer {
      uselocale(usual)
      if let characters { freelocale(characters) }
    }
    switch self {
    case .tar: archive_read_support_format_tar(reader)
    case .zip: archive_read_support_format_zip_seekable(reader)
    }
    return try archive.span.bytes.withUnsafeBytes { (bytes) throws(FormatError) in
      guard archive_read_open_memory(reader, bytes.baseAddress, bytes.count) == ARCHIVE_OK else {
        throw Archive.failure(of: reader)
      }
      var files: [(path: String, bytes: [UInt8])] = []
      while true {
        var next: OpaquePointer?
        let result = archive_read_next_header(reader, &next)
        if result == ARCHIVE_EOF { return files }
        guard result == ARCHIVE_OK || result == ARCHIVE_WARN, let entry = next else {
          throw Archive.failure(of: reader)
        }
        guard let path = Archive.path(of: entry), isWanted(path) else { continue }
        // A warning says that parts of the archive contradict one another.
        guard result == ARCHIVE_OK else { throw Archive.failure(of: reader) }
        files.append((path, try Archive.content(of: entry, limit: longest(in: bytes.count), from: reader)))
      }
    }
  }

  /// The most bytes that a file in an archive can have: DEFLATE makes no more of a byte than 1032.
  private func longest(in size: Int) -> Int {
    switch self {
    case .tar: size
    case .zip: size * 1032
    }
  }

  /// The path of a regular file as it stands in the archive; nil for what is none.
  private static func path(of entry: OpaquePointer) -> String? {
    guard archive_entry_filetype(entry) == S_IFREG, archive_entry_hardlink(entry) == nil else { return nil }
    return (archive_entry_pathname(entry) ?? archive_entry_pathname_utf8(entry)).map { String(cString: $0) }
  }

  /// The bytes of the file whose header was read last.
  private static func content(
    of entry: OpaquePointer, limit: Int, from reader: OpaquePointer
  ) throws(FormatError) -> [UInt8] {
    let size = Int(archive_entry_size(entry))
    guard archive_entry_size_is_set(entry) != 0, (0...limit).contains(size) else {
      throw FormatError("it cannot hold the \(size) bytes that it promises of a file: it is damaged")
    }
    guard MemoryRoom.isGranted(size) else { throw noMemory }
    var received = 0
    let content = [UInt8](unsafeUninitializedCapacity: max(size, 1)) { buffer, count in
      while count < size {
        received = archive_read_data(reader, buffer.baseAddress?.advanced(by: count), size - count)
        if received <= 0 { return }
        count += received
      }
    }
    // What is told of the last byte only: that the sum of all is another.
    var further: UInt8 = 0
    if received >= 0 { received = archive_read_data(reader, &further, 1) }
    guard received >= 0 else { throw failure(of: reader) }
    guard received == 0, content.count == size else {
      throw FormatError("it has more or fewer bytes of a file than it promises: it is damaged")
    }
    return content
  }

  /// What libarchive says of its last failure.
  private static func failure(of reader: OpaquePointer) -> FormatError {
    let words = archive_error_string(reader).map { String(cString: $0) } ?? "it is damaged"
    let line = words.split(whereSeparator: \.isNewline).first ?? ""
    return FormatError("its archive cannot be read: \(RawPath(String(line)))")
  }

  private static let noMemory = FormatError(
    "there is no memory left to unpack it", remedy: "use a machine with more memory")
}
