/// The fields of a message in the wire format of Protocol Buffers, as they come.
package struct ProtobufFields: Sendable {
  /// A field: its number, and its value as whole number or bytes.
  package enum Value: Sendable, Equatable {
    case integer(UInt64)
    case bytes([UInt8])
  }

  /// Numbers and values.
  package let fields: [(number: Int, value: Value)]

  /// Takes a message apart; nil where it is none.
  package init?(_ bytes: some Collection<UInt8>) {
    var rest = bytes[...]
    var fields: [(number: Int, value: Value)] = []
    func varint() -> UInt64? {
      var value: UInt64 = 0
      for shift in stride(from: UInt64(0), to: 64, by: 7) {
        guard let byte = rest.popFirst() else { return nil }
        value |= UInt64(byte & 0x7f) << shift
        if byte < 0x80 { return value }
      }
      return nil
    }
    func taken(_ count: UInt64) -> [UInt8]? {
      guard count <= rest.count else { return nil }
      defer { rest = rest.dropFirst(Int(count)) }
      return Array(rest.prefix(Int(count)))
    }
    while !rest.isEmpty {
      guard let tag = varint(), tag >> 3 > 0, tag >> 3 < 1 << 29 else { return nil }
      let value: Value?
      switch tag & 7 {
      case 0: value = varint().map { .integer($0) }
      case 1: value = taken(8).map { .integer(ProtobufFields.number($0)) }
      case 2: value = varint().flatMap(taken).map { .bytes($0) }
      case 5: value = taken(4).map { .integer(ProtobufFields.number($0)) }
      default: return nil
      }
      guard let value else { return nil }
      fields.append((Int(tag >> 3), value))
    }
    self.fields = fields
  }

  private static func number(_ bytes: [UInt8]) -> UInt64 { bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) } }

  /// The last whole number of a field; nil where there is none.
  package func integer(_ number: Int) -> UInt64? {
    for case (number, .integer(let value)) in fields.reversed() { return value }
    return nil
  }

  /// The first bytes of a field; nil where there are none.
  package func bytes(_ number: Int) -> [UInt8]? {
    for case (number, .bytes(let value)) in fields { return value }
    return nil
  }
}
