/// Reads what a `PackedWriter` wrote; what ends too early throws.
package struct PackedReader: Sendable {
  private let bytes: [UInt8]
  private var position: Int
  private let end: Int

  /// Reads from the beginning of bytes.
  package init(_ bytes: [UInt8]) { self.init(bytes, from: 0, to: bytes.count) }

  /// Reads a part of bytes.
  package init(_ bytes: [UInt8], from position: Int, to end: Int) {
    (self.bytes, self.position, self.end) = (bytes, position, end)
  }

  /// Whether everything is read.
  package var isAtEnd: Bool { position == end }
  /// What is not read yet.
  package var rest: ArraySlice<UInt8> { bytes[position..<end] }

  /// A number of 32 bits.
  package mutating func number32() throws(FormatError) -> UInt32 {
    guard end - position >= 4 else { throw PackedReader.short }
    defer { position += 4 }
    return word(at: position)
  }

  /// A number of 64 bits.
  package mutating func number64() throws(FormatError) -> UInt64 {
    let low = try number32()
    return UInt64(low) | UInt64(try number32()) << 32
  }

  /// A text.
  package mutating func text() throws(FormatError) -> String { String(decoding: try part().rest, as: UTF8.self) }

  /// A part, to be read by itself.
  package mutating func part() throws(FormatError) -> PackedReader {
    let length = Int(try number32())
    guard end - position >= length else { throw PackedReader.short }
    defer { position += length }
    return PackedReader(bytes, from: position, to: position + length)
  }

  /// The first part behind a key, among pairs of a number of 32 bits and a part; nil where there is none.
  package func part(of key: UInt32) -> PackedReader? {
    var place = position
    while end - place >= 8 {
      let (found, length) = (word(at: place), Int(word(at: place + 4)))
      guard end - place - 8 >= length else { return nil }
      if found == key { return PackedReader(bytes, from: place + 8, to: place + 8 + length) }
      place += 8 + length
    }
    return nil
  }

  private func word(at place: Int) -> UInt32 {
    UInt32(bytes[place]) | UInt32(bytes[place + 1]) << 8 | UInt32(bytes[place + 2]) << 16 | UInt32(bytes[place + 3])
      << 24
  }

  private static let short = FormatError("it ends too early")
}
