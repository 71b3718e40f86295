import CArchive
import Glibc

/// Archives of files as tar packs them, compressed by gzip: the same bytes for the same files, whoever packs them and when.
package enum TarArchive {
  /// A file that is packed.
  package struct Member: Sendable {
    /// Its path in the archive.
    package let name: String
    /// Where it lies.
    package let path: String

    /// A file under a name.
    package init(_ name: String, from path: String) { (self.name, self.path) = (name, path) }
  }

  /// Packs files durably: in the given order, without owner, times and rights.
  /// - Parameter isCompressed: whether by gzip.
  package static func write(_ members: [Member], to path: String, isCompressed: Bool) throws(FileError) {
    try DurableFile.replace(path) { (file) throws(FileError) in
      guard let writer = archive_write_new() else { throw FileError(path: path, action: .write, code: ENOMEM) }
      defer { archive_write_free(writer) }
      func require(_ result: Int32) throws(FileError) {
        guard result == ARCHIVE_OK else { throw FileError(path: path, action: .write, code: code(of: writer)) }
      }
      try require(archive_write_set_format_pax_restricted(writer))
      if isCompressed {
        try require(archive_write_add_filter_gzip(writer))
        // gzip would note when it was.
        try require(archive_write_set_filter_option(writer, "gzip", "timestamp", nil))
      }
      // Else the last block would depend on what the file is.
      try require(archive_write_set_bytes_in_last_block(writer, 1))
      try require(archive_write_open_fd(writer, file.descriptor))
      let locale = UTF8Locale()
      defer { locale.end() }
      for member in members { try add(member, to: writer, require) }
      try require(archive_write_close(writer))
    }
  }

  private static func add(
    _ member: Member, to writer: OpaquePointer, _ require: (Int32) throws(FileError) -> Void
  ) throws(FileError) {
    let file = try OpenFile.reading(member.path)
    guard let entry = archive_entry_new() else { throw FileError(path: member.path, action: .read, code: ENOMEM) }
    defer { archive_entry_free(entry) }
    let size = try file.size()
    archive_entry_set_pathname(entry, member.name)
    archive_entry_set_filetype(entry, S_IFREG)
    archive_entry_set_perm(entry, 0o644)
    archive_entry_set_size(entry, Int64(size))
    archive_entry_set_mtime(entry, 0, 0)
    try require(archive_write_header(writer, entry))
    var written = 0
    try file.forEachPart(of: 0..<size) { (part) throws(FileError) in
      let accepted = part.withUnsafeBytes { archive_write_data(writer, $0.baseAddress, $0.count) }
      guard accepted == part.count else { return try require(ARCHIVE_FATAL) }
      written += part.count
    }
    guard written == size else {
      throw FileError(path: member.path, damaged: "it became shorter while it was read")
    }
  }

  private static func code(of archive: OpaquePointer) -> Int32 {
    let code = archive_errno(archive)
    return code > 0 ? code : EIO
  }

  /// Unpacks regular files into a folder that is there, each brought to the disk.
  /// - Parameter accepts: whether a path of the archive may be unpacked; where not, it throws what is wrong.
  /// - Returns: their paths, in the order of the archive.
  package static func extract(
    _ path: String, into folder: String, accepts: (String) throws(FormatError) -> Void
  ) throws(FileError) -> [String] {
    guard let reader = archive_read_new() else { throw FileError(path: path, action: .read, code: ENOMEM) }
    defer { archive_read_free(reader) }
    let archive = try OpenFile.reading(path)
    func damaged(_ problem: String) -> FileError { FileError(path: path, damaged: problem) }
    func failure() -> FileError {
      let words = archive_error_string(reader).map { String(cString: $0) } ?? "it is damaged"
      return damaged(
        "it is no archive of a run: \(RawPath(String(words.split(whereSeparator: \.isNewline).first ?? "")))")
    }
    archive_read_support_filter_gzip(reader)
    archive_read_support_format_tar(reader)
    let locale = UTF8Locale()
    defer { locale.end() }
    guard archive_read_open_fd(reader, archive.descriptor, 1 << 16) == ARCHIVE_OK else { throw failure() }
    var found: [String] = []
    while true {
      var next: OpaquePointer?
      let result = archive_read_next_header(reader, &next)
      if result == ARCHIVE_EOF { break }
      guard result == ARCHIVE_OK, let entry = next else { throw failure() }
      let name = (archive_entry_pathname(entry) ?? archive_entry_pathname_utf8(entry)).map { String(cString: $0) } ?? ""
      // Folders are made for what lies in them.
      if archive_entry_filetype(entry) == S_IFDIR { continue }
      guard archive_entry_filetype(entry) == S_IFREG, archive_entry_hardlink(entry) == nil else {
        throw damaged("\(RawPath(name)) in it is no file")
      }
      do throws(FormatError) {
        try requireInner(name)
        try accepts(name)
      } catch { throw damaged(error.problem) }
      try DurableFile.makeFolders(FolderTree.parent(of: "\(folder)/\(name)"))
      guard try FileKind.of("\(folder)/\(name)") == nil else { throw damaged("\(name) is in it twice") }
      try extract(reader, to: "\(folder)/\(name)", failure)
      found.append(name)
    }
    return found
  }

  /// Refuses a path that would lead out of the folder.
  private static func requireInner(_ name: String) throws(FormatError) {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard !name.isEmpty, name.utf8.count < 1024, !parts.contains(where: { ["", ".", ".."].contains($0) }) else {
      throw FormatError("\(RawPath(name)) in it is no path within a run")
    }
  }

  private static func extract(
    _ reader: OpaquePointer, to path: String, _ failure: () -> FileError
  ) throws(FileError) {
    let file = try OpenFile(path, O_WRONLY | O_CREAT | O_EXCL, for: .create)
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let received = part.withUnsafeMutableBytes { archive_read_data(reader, $0.baseAddress, $0.count) }
      if received == 0 { break }
      guard received > 0 else { throw failure() }
      try file.write(Array(part[..<received]))
    }
    try file.synchronise()
  }
}

/// Characters for all paths in this thread: libarchive asks the locale, and the C locale has ASCII only.
private struct UTF8Locale {
  private let characters = newlocale(1 << LC_CTYPE, "C.UTF-8", nil)
  private let usual: locale_t?

  init() { usual = uselocale(characters) }

  func end() {
    uselocale(usual)
    if let characters { freelocale(characters) }
  }
}
