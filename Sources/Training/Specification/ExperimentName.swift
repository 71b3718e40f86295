/// Names of experiments: those that can name a folder everywhere.
package enum ExperimentName {
  private static let longest = 100
  /// The same as a regular expression, for editors.
  static let pattern = "^[A-Za-z0-9_+=-][A-Za-z0-9._+=-]{0,\(longest - 1)}$"

  /// Why a text cannot be a name; nil where it can.
  package static func refusal(_ name: String) -> String? {
    let near = nearest(to: name)
    return near == name ? nil : "use letters, digits and - _ . + =, as in \(near): it names a folder"
  }

  /// The name itself, or what is left of a text with `-` in place of all that a name cannot have.
  package static func nearest(to text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8.prefix(longest) {
      if isAllowed(byte) {
        bytes.append(byte)
      } else if !bytes.isEmpty, bytes.last != UInt8(ascii: "-") {
        bytes.append(UInt8(ascii: "-"))
      }
    }
    if bytes.elementsEqual(text.utf8), bytes.first != UInt8(ascii: "."), !bytes.isEmpty { return text }
    while let last = bytes.last, last == UInt8(ascii: "-") { bytes.removeLast() }
    let rest = bytes.drop { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
    return rest.isEmpty ? "experiment" : String(decoding: rest, as: UTF8.self)
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "-_.+=".utf8.contains(byte)
    }
  }
}
