import Datasets

/// The header of a `.safetensors` file: what lies where in the buffer behind it.
struct SafetensorsHeader {
  /// The types of numbers that are supported, by their names in the format.
  enum Element: String {
    case float32 = "F32"
    case float64 = "F64"

    /// The number of bytes of one number.
    var size: Int {
      switch self {
      case .float32: 4
      case .float64: 8
      }
    }
  }

  /// One tensor, and the bytes of the buffer that are its own.
  struct Entry {
    let name: String
    let element: Element
    let shape: [Int]
    let range: Range<Int>
  }

  /// The key of the digest in the metadata.
  static let digestKey = "sha256"
  /// The start of every header written here; the digest follows, so that its place is known before the header
  /// is understood.
  static let opening = Array(#"{"__metadata__":{"sha256":""#.utf8)
  /// The digest's place in the file.
  static let digestRange = (8 + opening.count)..<(8 + opening.count + Digest.length)
  /// What stands in the digest's place while it is computed.
  static let blankDigest = [UInt8](repeating: UInt8(ascii: "0"), count: Digest.length)

  private(set) var metadata: [String: String] = [:]
  private(set) var entries: [Entry] = []

  /// The number of bytes of all tensors.
  var bufferLength: Int { entries.last?.range.upperBound ?? 0 }

  /// The header that a file with this content needs.
  init(describing file: Safetensors) throws(FormatError) {
    guard file.metadata[SafetensorsHeader.digestKey] == nil else {
      throw FormatError("the metadata key \(SafetensorsHeader.digestKey) is reserved")
    }
    metadata = file.metadata
    var names: Set = ["__metadata__"]
    for tensor in file.tensors {
      guard names.insert(tensor.name).inserted else {
        throw FormatError("the tensor name \(tensor.name) is reserved or used twice")
      }
      try append(
        tensor.name, tensor.values.element, tensor.shape,
        length: tensor.values.count * tensor.values.element.size)
    }
  }

  /// Reads the JSON, with the spaces that pad it.
  init(parsing json: ArraySlice<UInt8>) throws(FormatError) {
    guard json.count.isMultiple(of: 8) else { throw FormatError("its header is not padded to 8 bytes") }
    var reader = SafetensorsHeaderReader(json)
    try reader.members { reader, name throws(FormatError) in
      if name == "__metadata__" {
        try reader.members { reader, key throws(FormatError) in metadata[key] = try reader.string() }
      } else {
        try appendEntry(name, &reader)
      }
    }
    try reader.padding(below: 8)
  }

  private mutating func appendEntry(
    _ name: String, _ reader: inout SafetensorsHeaderReader
  ) throws(FormatError) {
    var type: String?
    var shape: [Int]?
    var offsets: [Int]?
    try reader.members { reader, key throws(FormatError) in
      switch key {
      case "dtype": type = try reader.string()
      case "shape": shape = try reader.integers()
      case "data_offsets": offsets = try reader.integers()
      default: throw FormatError("tensor \(name) has the unknown field \(key)")
      }
    }
    guard let type, let shape, let offsets, offsets.count == 2 else {
      throw FormatError("tensor \(name) lacks its dtype, its shape or its two data_offsets")
    }
    guard let element = Element(rawValue: type) else {
      throw FormatError("tensor \(name) has the unsupported dtype \(type)")
    }
    guard offsets[0] == bufferLength, offsets[1] >= offsets[0] else {
      throw FormatError("tensor \(name) does not begin where the one before it ends")
    }
    try append(name, element, shape, length: offsets[1] - offsets[0])
  }

  private mutating func append(
    _ name: String, _ element: Element, _ shape: [Int], length: Int
  ) throws(FormatError) {
    var expected = element.size
    for axis in shape {
      let (product, overflow) = expected.multipliedReportingOverflow(by: axis)
      guard axis >= 0, !overflow else {
        throw FormatError("tensor \(name) has the impossible shape \(shape)")
      }
      expected = product
    }
    guard expected == length else {
      throw FormatError("tensor \(name) of shape \(shape) needs \(expected) bytes, but has \(length)")
    }
    let (end, overflow) = bufferLength.addingReportingOverflow(length)
    guard !overflow else { throw FormatError("tensor \(name) ends beyond any file") }
    entries.append(Entry(name: name, element: element, shape: shape, range: bufferLength..<end))
  }

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
