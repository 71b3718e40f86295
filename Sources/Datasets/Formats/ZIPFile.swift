import CDeflate
import Files

/// A ZIP archive of files that are stored as they are, without times; of less than 4 GiB.
package enum ZIPFile {
  /// The archive's bytes.
  package static func bytes(_ files: [(name: String, content: [UInt8])]) throws(FormatError) -> [UInt8] {
    let size = files.reduce(22) { $0 + $1.content.count + 2 * $1.name.utf8.count + 76 }
    guard size <= 0xffff_ffff else { throw FormatError("an archive of \(size) bytes is too large for ZIP") }
    var archive: [UInt8] = []
    archive.reserveCapacity(size)
    var directory: [UInt8] = []
    for (name, content) in files {
      let start = archive.count
      let checksum = Int(libdeflate_crc32(0, content, content.count))
      // Version 2.0, no flags, stored, 1 January 1980; sizes before and after packing; lengths of name and extra field.
      let common =
        number(20, 2) + number(0, 2) + number(0, 2) + number(0, 2) + number(0x21, 2) + number(checksum, 4)
        + number(content.count, 4) + number(content.count, 4) + number(name.utf8.count, 2) + number(0, 2)
      archive += [0x50, 0x4b, 3, 4] + common + Array(name.utf8) + content
      // Then comment, disk, internal and external attributes, and where the file begins.
      directory +=
        [0x50, 0x4b, 1, 2] + number(20, 2) + common + number(0, 2) + number(0, 2) + number(0, 2) + number(0, 4)
        + number(start, 4) + Array(name.utf8)
    }
    let start = archive.count
    archive += directory
    archive +=
      [0x50, 0x4b, 5, 6] + number(0, 4) + number(files.count, 2) + number(files.count, 2) + number(directory.count, 4)
      + number(start, 4) + number(0, 2)
    return archive
  }

  /// A little-endian number of a few bytes.
  private static func number(_ value: Int, _ size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
