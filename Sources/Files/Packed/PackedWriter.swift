/// Values one behind the other as bytes: numbers with their lowest byte first, texts and parts behind their lengths.
package struct PackedWriter: Sendable {
  /// What was written.
  package private(set) var bytes: [UInt8] = []

  /// Begins with nothing.
  package init() {}

  /// Adds a number of 32 bits.
  package mutating func add(_ number: UInt32) {
    for shift in stride(from: UInt32(0), to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
  }

  /// Adds a number of 64 bits.
  package mutating func add(_ number: UInt64) {
    add(UInt32(truncatingIfNeeded: number))
    add(UInt32(truncatingIfNeeded: number >> 32))
  }

  /// Adds a text.
  package mutating func add(_ text: String) { add(part: Array(text.utf8)) }

  /// Adds bytes behind their number.
  package mutating func add(part: some Collection<UInt8>) {
    add(UInt32(clamping: part.count))
    bytes += part
  }
}
