import CDeflate

/// Files of a ZIP archive, stored or deflated, of less than 4 GiB.
package enum ZIP {
  /// A file of an archive.
  package struct Member {
    package let name: String
    let method: Int
    let checksum: UInt32
    let packedSize: Int
    let size: Int
    let header: Int
  }

  /// The files that the directory at the archive's end lists.
  package static func members(of archive: [UInt8]) throws(FormatError) -> [Member] {
    // A comment of up to 64 KiB may follow the end of the directory.
    let earliest = max(0, archive.count - 22 - 0xffff)
    guard archive.count >= 22,
      let end = (earliest...(archive.count - 22)).last(where: { archive[$0...].starts(with: [0x50, 0x4b, 5, 6]) })
    else { throw FormatError("it is not a ZIP archive, or is cut short") }
    var place = number(archive, end + 16, 4)
    var members: [Member] = []
    for _ in 0..<number(archive, end + 10, 2) {
      guard place + 46 <= end, archive[place...].starts(with: [0x50, 0x4b, 1, 2]) else { throw damaged }
      let nameLength = number(archive, place + 28, 2)
      guard place + 46 + nameLength <= end else { throw damaged }
      members.append(
        Member(
          name: String(decoding: archive[(place + 46)..<(place + 46 + nameLength)], as: UTF8.self),
          method: number(archive, place + 10, 2), checksum: UInt32(number(archive, place + 16, 4)),
          packedSize: number(archive, place + 20, 4), size: number(archive, place + 24, 4),
          header: number(archive, place + 42, 4)))
      place += 46 + nameLength + number(archive, place + 30, 2) + number(archive, place + 32, 2)
    }
    return members
  }

  /// The bytes of a file, verified.
  package static func content(of member: Member, in archive: [UInt8]) throws(FormatError) -> [UInt8] {
    guard member.header + 30 <= archive.count, archive[member.header...].starts(with: [0x50, 0x4b, 3, 4]) else {
      throw damaged
    }
    let start =
      member.header + 30 + number(archive, member.header + 26, 2) + number(archive, member.header + 28, 2)
    // DEFLATE makes no more of a byte than 1032.
    guard start + member.packedSize <= archive.count, member.size <= max(1, member.packedSize) * 1032,
      MemoryRoom.isGranted(member.size)
    else { throw damaged }
    let packed = Array(archive[start..<(start + member.packedSize)])
    let content: [UInt8]
    switch member.method {
    case 0: content = packed
    case 8: content = try inflated(packed, size: member.size)
    default: throw FormatError("its \(member.name) is packed by a method that is not read (\(member.method))")
    }
    guard content.count == member.size, libdeflate_crc32(0, content, content.count) == member.checksum else {
      throw FormatError("its \(member.name) is damaged")
    }
    return content
  }

  private static func inflated(_ packed: [UInt8], size: Int) throws(FormatError) -> [UInt8] {
    guard let decompressor = libdeflate_alloc_decompressor() else {
      throw FormatError("there is no memory left to decompress it")
    }
    defer { libdeflate_free_decompressor(decompressor) }
    var produced = 0
    var result = LIBDEFLATE_BAD_DATA
    let content = [UInt8](unsafeUninitializedCapacity: max(size, 1)) { buffer, count in
      result = libdeflate_deflate_decompress(
        decompressor, packed, packed.count, buffer.baseAddress, size, &produced)
      count = result == LIBDEFLATE_SUCCESS ? produced : 0
    }
    guard result == LIBDEFLATE_SUCCESS else { throw damaged }
    return content
  }

  private static let damaged = FormatError("its archive is damaged")

  /// A little-endian number of a few bytes.
  private static func number(_ bytes: [UInt8], _ place: Int, _ size: Int) -> Int {
    bytes[place..<(place + size)].reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
