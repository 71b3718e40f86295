import FoundationEssentials

/// A header as any program writes it: its tensors in any order, spaces where JSON has them, metadata or none.
extension SafetensorsHeader {
  /// The most bytes that a header may have: some hundred thousand tensors.
  ///
  /// The format's own reader stops at 100 MB.
  static let longest = 16 << 20

  /// Reads the JSON, with the spaces that pad it.
  init(parsing json: [UInt8]) throws(FormatError) {
    let members: Members
    do {
      // JSONDecoder would take text with zero bytes for UTF-16.
      guard !json.contains(0) else { throw SafetensorsHeader.malformed }
      members = try JSONDecoder().decode(Members.self, from: Data(json))
    } catch let error as FormatError {
      throw error
    } catch {
      throw SafetensorsHeader.malformed
    }
    // JSONDecoder drops one of two members with the same key.
    if let key = SafetensorsHeader.repeatedKey(in: json) {
      throw FormatError("its header has the key \(key) twice")
    }
    try self.init(metadata: members.metadata, entries: members.entries)
  }

  private static let malformed = FormatError("its header is not valid JSON")

  /// The first key that an object has twice, in JSON that was found to be valid.
  private static func repeatedKey(in json: [UInt8]) -> String? {
    var objects: [Set<String>] = []
    var rest = json[...]
    while let byte = rest.first {
      switch byte {
      case UInt8(ascii: "{"): objects.append([])
      case UInt8(ascii: "}"): objects.removeLast()
      case UInt8(ascii: "\""):
        let text = string(at: rest)
        rest = rest[text.endIndex...].drop { [0x20, 0x09, 0x0a, 0x0d].contains($0) }
        guard rest.first == UInt8(ascii: ":") else { continue }
        let key =
          text.contains(UInt8(ascii: "\\"))
          ? (try? JSONDecoder().decode(String.self, from: Data(text))) ?? ""
          : String(decoding: text.dropFirst().dropLast(), as: UTF8.self)
        guard objects[objects.count - 1].insert(key).inserted else { return key }
      default: break
      }
      rest = rest.dropFirst()
    }
    return nil
  }

  /// The string that begins at the first byte, in its quotes.
  private static func string(at json: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var end = json.startIndex + 1
    while json[end] != UInt8(ascii: "\"") { end += json[end] == UInt8(ascii: "\\") ? 2 : 1 }
    return json[...end]
  }
}

/// The members of a header: texts under `__metadata__`, and under every other key a tensor.
private struct Members: Decodable {
  private(set) var metadata: [String: String] = [:]
  private(set) var entries: [SafetensorsHeader.Entry] = []

  /// Any key of an object.
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ text: String) { stringValue = text }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
  }

  private typealias Object = KeyedDecodingContainer<Key>

  init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    // The first mistake by name is the one that is told of.
    for key in object.allKeys.sorted(by: { $0.stringValue < $1.stringValue }) {
      guard key.stringValue == SafetensorsHeader.metadataKey else {
        entries.append(try Members.entry(key, in: object))
        continue
      }
      do {
        metadata = try object.decodeIfPresent([String: String].self, forKey: key) ?? [:]
      } catch DecodingError.typeMismatch, DecodingError.valueNotFound {
        throw FormatError("its \(key.stringValue) is more than texts by their keys")
      }
    }
  }

  private static func entry(_ key: Key, in object: Object) throws -> SafetensorsHeader.Entry {
    let name = key.stringValue
    let lacking = FormatError("tensor \(name) lacks its dtype, its shape or its two data_offsets")
    do {
      let fields = try object.nestedContainer(keyedBy: Key.self, forKey: key)
      let names = Set(fields.allKeys.map(\.stringValue)).subtracting(["dtype", "shape", "data_offsets"])
      if let unknown = names.min() { throw FormatError("tensor \(name) has the unknown field \(unknown)") }
      let type = try fields.decode(String.self, forKey: Key("dtype"))
      let shape = try integers("shape", in: fields)
      let offsets = try integers("data_offsets", in: fields)
      guard offsets.count == 2 else { throw lacking }
      guard let element = SafetensorsElement(rawValue: type) else {
        throw FormatError("tensor \(name) has the unknown dtype \(type)")
      }
      guard offsets[0] <= offsets[1] else { throw FormatError("tensor \(name) ends before it begins") }
      return try SafetensorsHeader.Entry(name, element, shape, offsets[0]..<offsets[1])
    } catch DecodingError.typeMismatch, DecodingError.valueNotFound, DecodingError.keyNotFound {
      throw lacking
    }
  }

  private static func integers(_ name: String, in fields: Object) throws -> [Int] {
    do {
      let values = try fields.decode([Int].self, forKey: Key(name))
      if values.allSatisfy({ $0 >= 0 }) { return values }
    } catch let error as DecodingError {
      guard case .dataCorrupted = error else { throw error }
    } catch {
      // JSON has numbers that are no integers, or too large.
    }
    throw FormatError("its header has a number that is no integer from 0 to \(Int.max)")
  }
}
