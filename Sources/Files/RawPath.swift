/// The path of a file as the system has it: bytes, which need not be UTF-8.
///
/// Two paths are equal where their bytes are; Swift's texts are equal where Unicode normalization makes them so. System's
/// `FilePath` has bytes too, but drops all behind a zero byte without a word, and shows all that is not UTF-8 as U+FFFD.
package struct RawPath: Hashable, Sendable, CustomStringConvertible {
  /// The bytes, without the zero at their end.
  package let bytes: [UInt8]

  /// Takes bytes as they are.
  package init(bytes: [UInt8]) { self.bytes = bytes }

  /// Takes a text's UTF-8.
  package init(_ text: String) { bytes = Array(text.utf8) }

  /// The path of something within the folder that this one names.
  package func appending(_ name: RawPath) -> RawPath { RawPath(bytes: bytes + [UInt8(ascii: "/")] + name.bytes) }

  /// The bytes ascending, an order that depends on no language.
  package static func precedes(_ first: RawPath, _ second: RawPath) -> Bool {
    first.bytes.lexicographicallyPrecedes(second.bytes)
  }

  /// What the system's calls take; nothing for a path with a zero byte, which no file has.
  package var terminated: [CChar]? {
    bytes.contains(0) ? nil : bytes.map { CChar(bitPattern: $0) } + [0]
  }

  /// Whether it can be written as a text.
  package var isText: Bool { String(validating: bytes, as: UTF8.self) != nil }

  /// The text, in which control characters and bytes that are no UTF-8 stand as `\xHH`.
  package var description: String {
    var text = ""
    var rest = bytes[...]
    while let byte = rest.first {
      let length = (1...4).first { $0 <= rest.count && String(validating: rest.prefix($0), as: UTF8.self) != nil }
      if let length, byte >= 0x20, byte != 0x7f {
        text += String(decoding: rest.prefix(length), as: UTF8.self)
        rest = rest.dropFirst(length)
      } else {
        text += "\\x" + Digest.hexadecimal([byte])
        rest = rest.dropFirst()
      }
    }
    return text
  }
}
