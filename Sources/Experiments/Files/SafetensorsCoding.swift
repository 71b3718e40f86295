import Datasets

extension Safetensors {
  /// The key of the digest in the metadata.
  static let digestKey = "sha256"

  /// The start of every header written here; the digest follows, so that its place is known before the header
  /// is understood.
  private static let opening = Array(#"{"__metadata__":{"sha256":""#.utf8)
  private static let digestRange = (8 + opening.count)..<(8 + opening.count + Digest.length)
  private static let blank = [UInt8](repeating: UInt8(ascii: "0"), count: Digest.length)

  /// The bytes of the file.
  ///
  /// The digest is the SHA-256 of the complete file with 64 zeros `0` in the place of the digest. So every changed,
  /// missing or additional byte is noticed, wherever it is. Throws when a name occurs twice, when the key `sha256`
  /// is used, or when a shape does not fit its numbers.
  public func encoded() throws(FormatError) -> [UInt8] {
    let header = try SafetensorsHeader(describing: self)
    var text = header.text(digest: Self.blank)
    text.append(contentsOf: repeatElement(UInt8(ascii: " "), count: (8 - text.count % 8) % 8))
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + text.count + header.bufferLength)
    withUnsafeBytes(of: UInt64(text.count).littleEndian) { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: text)
    for tensor in tensors { tensor.values.append(to: &bytes) }
    bytes.replaceSubrange(Self.digestRange, with: Digest.sha256(bytes).utf8)
    return bytes
  }

  /// Verifies and reads the bytes of a file that `encoded()` made.
  ///
  /// Nothing in the file is believed before its digest is right. Then it must also be well-formed: this reader
  /// accepts no file with gaps, unknown types or sizes that do not fit.
  public init(decoding bytes: consuming [UInt8]) throws(FormatError) {
    let bytes = try Self.verified(bytes)
    // The digest covers the length as well, so this only fails for files made with intent.
    let length = bytes[..<8].reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(bytes.count - 8) else {
      throw FormatError("its header should have \(length) bytes, but the file ends before")
    }
    let start = 8 + Int(length)
    let header = try SafetensorsHeader(parsing: bytes[8..<start])
    guard header.bufferLength == bytes.count - start else {
      throw FormatError(
        "its tensors should have \(header.bufferLength) bytes, but \(bytes.count - start) follow the header")
    }
    metadata = header.metadata
    metadata[Self.digestKey] = nil
    tensors = header.entries.map { entry in
      let range = (start + entry.range.lowerBound)..<(start + entry.range.upperBound)
      return Tensor(name: entry.name, shape: entry.shape, values: Values(entry.element, bytes[range]))
    }
  }

  /// The same bytes with the digest's place blank, if the digest is right.
  private static func verified(_ given: consuming [UInt8]) throws(FormatError) -> [UInt8] {
    var bytes = given
    guard bytes.count >= digestRange.upperBound else {
      throw FormatError("it has only \(bytes.count) bytes, less than any file of this kind")
    }
    guard bytes[8..<digestRange.lowerBound].elementsEqual(opening) else {
      throw FormatError(
        "it does not begin like a file written by gan-exp: it is another kind of file, or damaged")
    }
    let recorded = bytes[digestRange].map { $0 }
    bytes.replaceSubrange(digestRange, with: blank)
    guard recorded == Array(Digest.sha256(bytes).utf8) else {
      throw FormatError("its content does not match the digest in it: it is damaged or incomplete")
    }
    return bytes
  }
}
