import FoundationEssentials

/// JSON as files and `--json` show it: sorted keys, indented.
package enum JSON {
  /// A value's JSON with a newline at its end.
  package static func bytes(_ value: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let data = try? encoder.encode(value) else { preconditionFailure("a value that JSON cannot hold") }
    return [UInt8](data) + [UInt8(ascii: "\n")]
  }

  /// A value's JSON in one line, with a newline at its end.
  package static func line(_ value: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    guard let data = try? encoder.encode(value) else { preconditionFailure("a value that JSON cannot hold") }
    return [UInt8](data) + [UInt8(ascii: "\n")]
  }

  /// A value's JSON as text.
  package static func text(_ value: some Encodable) -> String { String(decoding: bytes(value), as: UTF8.self) }
}
