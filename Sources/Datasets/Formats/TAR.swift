/// Files that tar packed one behind the other (POSIX ustar; lengths also as GNU tar writes them).
package enum TAR {
  private static let block = 512

  /// The files of an archive: their names as they stand in it, and where their bytes lie.
  package static func members(of archive: [UInt8]) throws(FormatError) -> [(name: String, range: Range<Int>)] {
    var members: [(name: String, range: Range<Int>)] = []
    var place = 0
    while place + block <= archive.count {
      let header = archive[place..<(place + block)]
      // Two blocks of zeros end an archive.
      if header.allSatisfy({ $0 == 0 }) { return members }
      guard checksum(of: header) == number(header, 148..<156), let size = number(header, 124..<136) else {
        throw FormatError("its archive is damaged after \(members.last?.name ?? "its beginning")")
      }
      let start = place + block
      guard size <= archive.count - start else { throw FormatError("its archive is cut short") }
      let kind = header[place + 156]
      if kind == 0 || kind == UInt8(ascii: "0") {
        members.append((text(header, 0..<100), start..<(start + size)))
      }
      place = start + (size + block - 1) / block * block
    }
    throw FormatError("its archive is cut short")
  }

  /// The sum of a header's bytes with spaces in place of the sum itself.
  private static func checksum(of header: ArraySlice<UInt8>) -> Int {
    header.enumerated().reduce(0) { $0 + ((148..<156).contains($1.offset) ? 32 : Int($1.element)) }
  }

  /// A number: octal digits, with spaces before and spaces or zero bytes behind them; or, where the highest bit of the
  /// first byte is set and the next one is not (it is the sign), all bits behind these.
  private static func number(_ header: ArraySlice<UInt8>, _ field: Range<Int>) -> Int? {
    let bytes = part(header, field)
    var value = 0
    if let first = bytes.first, first & 0x80 != 0 {
      guard first & 0x40 == 0 else { return nil }
      value = Int(first & 0x3f)
      for byte in bytes.dropFirst() {
        guard value <= Int.max >> 8 else { return nil }
        value = value << 8 | Int(byte)
      }
      return value
    }
    let trimmed = bytes.drop { $0 == 0x20 }
    let digits = trimmed.prefix { (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }
    guard !digits.isEmpty, trimmed.dropFirst(digits.count).allSatisfy({ $0 == 0x20 || $0 == 0 }) else { return nil }
    // A field has at most 12 digits: 36 bits.
    for digit in digits { value = value << 3 | Int(digit & 7) }
    return value
  }

  private static func text(_ header: ArraySlice<UInt8>, _ field: Range<Int>) -> String {
    String(decoding: part(header, field).prefix { $0 != 0 }, as: UTF8.self)
  }

  private static func part(_ header: ArraySlice<UInt8>, _ field: Range<Int>) -> ArraySlice<UInt8> {
    header[(header.startIndex + field.lowerBound)..<(header.startIndex + field.upperBound)]
  }
}
