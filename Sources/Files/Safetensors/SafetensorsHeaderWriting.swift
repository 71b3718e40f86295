/// A header with a digest, as gan-exp writes it: `{"__metadata__":{"sha256":"…"`, so that the digest's place is known
/// before the header is understood.
extension SafetensorsHeader {
  /// The key of the digest in the metadata.
  static let digestKey = "sha256"
  /// What stands before the digest.
  static let opening = Array(#"{"__metadata__":{"sha256":""#.utf8)
  /// The digest's place in the file.
  static let digestRange = (8 + opening.count)..<(8 + opening.count + Digest.length)
  /// What stands in the digest's place while it is computed.
  static let blankDigest = [UInt8](repeating: UInt8(ascii: "0"), count: Digest.length)

  /// The beginning of the file: the header's length, and its JSON padded to 8 bytes.
  func bytes(digest: [UInt8]) -> [UInt8] {
    var json = text(digest: digest)
    json.append(contentsOf: repeatElement(UInt8(ascii: " "), count: (8 - json.count % 8) % 8))
    return (0..<8).map { UInt8(truncatingIfNeeded: json.count >> (8 * $0)) } + json
  }

  /// The JSON, without the padding: the digest first, then the other metadata by their keys, then the tensors.
  private func text(digest: [UInt8]) -> [UInt8] {
    let texts = metadata.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    let pairs =
      [(key: SafetensorsHeader.digestKey, value: String(decoding: digest, as: UTF8.self))] + texts
    let members = pairs.map { "\(quoted($0.key)):\(quoted($0.value))" }
    let tensors = entries.map { entry in
      let shape = entry.shape.map(String.init).joined(separator: ",")
      return "\(quoted(entry.name)):{\"dtype\":\"\(entry.element.rawValue)\",\"shape\":[\(shape)],"
        + "\"data_offsets\":[\(entry.range.lowerBound),\(entry.range.upperBound)]}"
    }
    return Array(
      "{\((["\"__metadata__\":{\(members.joined(separator: ","))}"] + tensors).joined(separator: ","))}".utf8)
  }

  private func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\u{0}"..<"\u{20}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
