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

  /// The bytes that are not read yet.
  package var count: Int { end - position }

  /// The part that lies so many bytes further on; nil where there is none.
  package func part(at place: Int) -> PackedReader? {
    guard place >= 0, count - place >= 4 else { return nil }
    let (start, length) = (position + place + 4, Int(word(at: position + place)))
    return end - start >= length ? PackedReader(bytes, from: start, to: start + length) : nil
  }

  /// Pairs of numbers of 32 bits.
  package var pairs: [(UInt32, UInt32)] {
    (0..<(count / 8)).map { (word(at: position + 8 * $0), word(at: position + 8 * $0 + 4)) }
  }

  /// The number behind a key, among pairs of numbers of 32 bits with growing keys; nil where there is none.
  package func number(of key: UInt32) -> UInt32? {
    var (low, high) = (0, count / 8)
    while low < high {
      let middle = (low + high) / 2
      let found = word(at: position + 8 * middle)
      if found == key { return word(at: position + 8 * middle + 4) }
      if found < key { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  private func word(at place: Int) -> UInt32 {
    UInt32(bytes[place]) | UInt32(bytes[place + 1]) << 8 | UInt32(bytes[place + 2]) << 16 | UInt32(bytes[place + 3])
      << 24
  }

  private static let short = FormatError("it ends too early")
}
