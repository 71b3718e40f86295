/// Which texts may stand without quotes, in block and in flow style, for readers of YAML 1.1 and 1.2 alike.
enum PlainText {
  /// Whether a text without quotes is read back as the same text and as nothing else.
  static func isSafe(_ text: String) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last else { return false }
    guard
      isLetter(first) || first == UInt8(ascii: "_") || first == UInt8(ascii: "/")
        || first == UInt8(ascii: ".")
    else { return false }
    // At the beginning of a line this is the end of a document, as is ... alone.
    guard !text.hasPrefix("... ") else { return false }
    guard last != UInt8(ascii: " "), text.utf8.allSatisfy(isInner), text.utf8.count <= 500 else {
      return false
    }
    return CoreSchema.isString(text) && !old.contains(text.lowercased())
  }

  /// Whether a text is a number, a boolean or null, which stays plain when it was plain.
  static func isValue(_ text: String) -> Bool { !text.isEmpty && !CoreSchema.isString(text) }

  /// Words which YAML 1.1 takes for booleans, merges or values.
  private static let old: Set<String> = ["yes", "no", "on", "off", "y", "n", "..", "..."]

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) && byte < 0x80
  }

  private static func isInner(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "/"), UInt8(ascii: "+"), UInt8(ascii: " "):
      true
    default:
      isLetter(byte)
    }
  }
}
