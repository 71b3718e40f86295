/// Bytes of a file as text that the YAML library takes, or what is wrong with them.
enum DecodedText {
  /// Decodes UTF-8, or UTF-16 that begins with a byte-order mark, and refuses characters that YAML does not allow.
  static func source(of bytes: [UInt8], name: String) throws(Diagnostic) -> Source {
    let source: Source
    if bytes.starts(with: [0xFF, 0xFE]) {
      source = try sixteenBit(bytes, name: name, highFirst: false)
    } else if bytes.starts(with: [0xFE, 0xFF]) {
      source = try sixteenBit(bytes, name: name, highFirst: true)
    } else {
      source = try eightBit(
        bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes, name: name)
    }
    // Most specs are printable ASCII, which needs no second look.
    if source.text.utf8.allSatisfy({ (0x20...0x7E).contains($0) || $0 == 0x0A }) { return source }
    if let found = source.text.unicodeScalars.firstIndex(where: { !isAllowed($0) }) {
      throw refusal(of: source.text.unicodeScalars[found], at: mark(of: found, in: source))
    }
    return source
  }

  private static func eightBit(_ bytes: [UInt8], name: String) throws(Diagnostic) -> Source {
    if let text = String(validating: bytes, as: UTF8.self) { return Source(name: name, text: text) }
    let count = validPrefixCount(bytes)
    let source = Source(name: name, text: String(decoding: bytes.prefix(count + 200), as: UTF8.self))
    let before = String(decoding: bytes.prefix(count), as: UTF8.self)
    let place = Source(name: name, text: before)
    let column = place.line(place.lineCount).map { $0.unicodeScalars.count } ?? 0
    let byte = bytes[count]
    let latin = byte >= 0xA0 ? " (as Latin-1 it would be \(Unicode.Scalar(byte)))" : ""
    throw .error(
      "byte 0x\(hexadecimal(UInt32(byte), digits: 2)) is not UTF-8\(latin)",
      at: Mark(source: source, line: place.lineCount, column: column + 1), remedy: "save the file as UTF-8")
  }

  /// How many bytes at the front are whole characters of UTF-8.
  private static func validPrefixCount(_ bytes: [UInt8]) -> Int {
    var count = 0
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    while case .scalarValue(let scalar) = decoder.decode(&iterator) { count += UTF8.width(scalar) }
    return min(count, bytes.count - 1)
  }

  private static func sixteenBit(_ bytes: [UInt8], name: String, highFirst: Bool) throws(Diagnostic) -> Source {
    var text: [UInt8] = []
    text.reserveCapacity(2 * bytes.count)
    var index = 2
    func unit() -> UInt32? {
      guard index + 1 < bytes.count else { return nil }
      let (first, second) = (UInt32(bytes[index]), UInt32(bytes[index + 1]))
      return highFirst ? first << 8 | second : second << 8 | first
    }
    while let high = unit() {
      index += 2
      if let scalar = Unicode.Scalar(high) {
        append(scalar, to: &text)
      } else if high < 0xDC00, let low = unit(), (0xDC00...0xDFFF).contains(low),
        let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
      {
        index += 2
        append(scalar, to: &text)
      } else {
        index = 0
        break
      }
    }
    if index == bytes.count { return Source(name: name, text: String(decoding: text, as: UTF8.self)) }
    append("\u{FFFD}", to: &text)
    let source = Source(name: name, text: String(decoding: text, as: UTF8.self))
    let broken = source.text.unicodeScalars.index(before: source.text.unicodeScalars.endIndex)
    throw .error(
      "the file begins as UTF-16, but this is not a character of it", at: mark(of: broken, in: source),
      remedy: "save the file as UTF-8")
  }

  private static func append(_ scalar: Unicode.Scalar, to text: inout [UInt8]) {
    if let encoded = UTF8.encode(scalar) { text.append(contentsOf: encoded) }
  }

  /// The printable characters of YAML; a byte-order mark within the text is refused, too.
  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E, 0x0A, 0x0D, 0x09, 0x85, 0xA0...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD,
      0x10000...0x10FFFF:
      true
    default:
      false
    }
  }

  private static func refusal(of scalar: Unicode.Scalar, at mark: Mark) -> Diagnostic {
    switch scalar.value {
    case 0:
      .error(
        "a NUL character: this is not a text, or UTF-16 without its byte-order mark", at: mark,
        remedy: "save the file as UTF-8")
    case 0xFEFF:
      .error("a byte-order mark within the text", at: mark, remedy: "remove this invisible character")
    default:
      .error(
        "control character U+\(hexadecimal(scalar.value, digits: 4)) is not allowed in YAML", at: mark,
        remedy: "remove it, or write it as an escape in double quotes")
    }
  }

  private static func mark(of index: String.Index, in source: Source) -> Mark {
    let place = Source(name: source.name, text: String(source.text.unicodeScalars[..<index]))
    let column = place.line(place.lineCount).map { $0.unicodeScalars.count } ?? 0
    return Mark(source: source, line: place.lineCount, column: column + 1)
  }

  static func hexadecimal(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
