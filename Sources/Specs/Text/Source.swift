/// A text that was read: a file, or an argument of the command line.
///
/// Two sources are equal when they are the same object, whatever they hold.
package final class Source: Sendable, Hashable {
  /// How messages name it: the path as the user wrote it, or `--set`.
  package let name: String
  /// The whole text, decoded, without a byte-order mark.
  package let text: String
  /// Offsets in UTF-8 where each line begins; the last one is the end of the text.
  private let lineStarts: [Int]

  /// Takes a text and finds its lines, broken where YAML breaks them.
  package init(name: String, text: String) {
    var native = text
    native.makeContiguousUTF8()
    self.name = name
    self.text = native
    lineStarts = Source.lineStarts(of: native)
  }

  /// The number of lines; a text that ends in a line break has an empty last line.
  package var lineCount: Int { lineStarts.count - 1 }

  /// The text of a line, counted from 1, without its line break; `nil` when there is no such line.
  package func line(_ number: Int) -> Substring? {
    guard number >= 1, number <= lineCount else { return nil }
    let utf8 = text.utf8
    let start = utf8.index(utf8.startIndex, offsetBy: lineStarts[number - 1])
    let end = utf8.index(utf8.startIndex, offsetBy: lineStarts[number])
    var line = text[start..<end].unicodeScalars
    while let last = line.last, Source.isLineBreak(last) { line.removeLast() }
    return Substring(line)
  }

  /// Whether two names stand for the same object.
  package static func == (first: Source, second: Source) -> Bool { first === second }

  /// Hashes the identity.
  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }

  /// The place of values that no text holds.
  static let nowhere = Source(name: "", text: "")

  static func isLineBreak(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A, 0x0D, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  private static func lineStarts(of text: String) -> [Int] {
    text.utf8.withContiguousStorageIfAvailable(lineStarts) ?? lineStarts(Array(text.utf8))
  }

  private static func lineStarts(_ bytes: some RandomAccessCollection<UInt8>) -> [Int] {
    var starts = [0]
    var before: (UInt8, UInt8) = (0, 0)
    var offset = 0
    for byte in bytes {
      offset += 1
      if byte == 0x0A || byte == 0x0D || byte == 0x85 || byte == 0xA8 || byte == 0xA9 {
        switch (before.0, before.1, byte) {
        case (_, 0x0D, 0x0A): starts[starts.count - 1] = offset
        case (_, _, 0x0A), (_, _, 0x0D), (_, 0xC2, 0x85), (0xE2, 0x80, 0xA8), (0xE2, 0x80, 0xA9):
          starts.append(offset)
        default: break
        }
      }
      before = (before.1, byte)
    }
    starts.append(offset)
    return starts
  }
}
