/// A message in the wire format of Protocol Buffers, field by field in the order in which they are added.
///
/// A field is its tag, `number << 3 | kind` as a varint, and its value: a varint (kind 0), eight bytes (1), four bytes (5), or a
/// length and as many bytes (2). A varint has seven bits a byte, the lowest first; all bytes but the last have their highest bit
/// set. What a message means is in the other program's `.proto` file, whose numbers of fields its writers cite.
package struct ProtobufMessage: Sendable, Equatable {
  /// The message.
  package private(set) var bytes: [UInt8] = []

  package init() {}

  /// A message that a function fills.
  package init(_ fill: (inout ProtobufMessage) -> Void) { fill(&self) }

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private mutating func tag(_ field: Int, _ kind: UInt64) { varint(UInt64(field) << 3 | kind) }

  /// A field of type int32, int64, enum or bool.
  package mutating func add(_ field: Int, integer value: Int) {
    tag(field, 0)
    varint(UInt64(bitPattern: Int64(value)))
  }

  /// A repeated field of type int64 or int32, as older readers take it: its tag before each value.
  package mutating func add(_ field: Int, integers values: [Int]) {
    for value in values { add(field, integer: value) }
  }

  /// A field of type float.
  package mutating func add(_ field: Int, float value: Float) {
    tag(field, 5)
    withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += $0 }
  }

  /// A field of type double.
  package mutating func add(_ field: Int, double value: Double) {
    tag(field, 1)
    withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += $0 }
  }

  /// A packed repeated field of type double.
  package mutating func add(_ field: Int, doubles values: [Double]) {
    tag(field, 2)
    varint(UInt64(8 * values.count))
    for value in values { withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += $0 } }
  }

  /// A field of type bytes.
  package mutating func add(_ field: Int, bytes value: [UInt8]) {
    tag(field, 2)
    varint(UInt64(value.count))
    bytes += value
  }

  /// A field of type string.
  package mutating func add(_ field: Int, text value: String) { add(field, bytes: Array(value.utf8)) }

  /// A field that is a message.
  package mutating func add(_ field: Int, message value: ProtobufMessage) { add(field, bytes: value.bytes) }

  /// A field that is a message which a function fills.
  package mutating func add(_ field: Int, _ fill: (inout ProtobufMessage) -> Void) {
    add(field, message: ProtobufMessage(fill))
  }
}
