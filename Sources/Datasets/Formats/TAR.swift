/// Files that tar packed one behind the other (POSIX ustar).
enum TAR {
  private static let block = 512

  /// The files of an archive: their names as they stand in it, and where their bytes lie.
  static func members(of archive: [UInt8]) throws(FormatError) -> [(name: String, range: Range<Int>)] {
    var members: [(name: String, range: Range<Int>)] = []
    var place = 0
    while place + block <= archive.count {
      let header = archive[place..<(place + block)]
      // Two blocks of zeros end an archive.
      if header.allSatisfy({ $0 == 0 }) { return members }
      guard checksum(of: header) == octal(header, 148..<156), let size = octal(header, 124..<136) else {
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

  private static func octal(_ header: ArraySlice<UInt8>, _ field: Range<Int>) -> Int? {
    Int(text(header, field).filter { $0 != " " }, radix: 8)
  }

  private static func text(_ header: ArraySlice<UInt8>, _ field: Range<Int>) -> String {
    let bytes = header[(header.startIndex + field.lowerBound)..<(header.startIndex + field.upperBound)]
    return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }
}
