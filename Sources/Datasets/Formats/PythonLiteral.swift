import Files

/// The part of Python's notation in which NumPy writes headers: a dictionary of texts, booleans and tuples of integers.
struct PythonLiteral {
  enum Value: Equatable {
    case text(String)
    case boolean(Bool)
    case integers([Int])
  }

  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = Array(bytes) }

  /// Reads all of it as a dictionary.
  mutating func dictionary() throws(FormatError) -> [String: Value] {
    var values: [String: Value] = [:]
    try expect("{")
    while !skip("}") {
      let key = try text()
      try expect(":")
      guard values.updateValue(try value(), forKey: key) == nil else { throw problem }
      if !skip(",") {
        try expect("}")
        break
      }
    }
    skipSpace()
    guard place == bytes.count else { throw problem }
    return values
  }

  private mutating func value() throws(FormatError) -> Value {
    if skip("[") {
      throw FormatError(
        "its elements are records, not numbers", remedy: "save one of their fields: numpy.save(path, x[name])")
    }
    if skip("(") { return .integers(try integers()) }
    for (word, value) in [("True", true), ("False", false)] where skip(word) { return .boolean(value) }
    return .text(try text())
  }

  private mutating func integers() throws(FormatError) -> [Int] {
    var values: [Int] = []
    while !skip(")") {
      skipSpace()
      let digits = bytes[place...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard let number = Int(String(decoding: digits, as: UTF8.self)) else { throw problem }
      place += digits.count
      values.append(number)
      guard values.count <= 32 else { throw problem }
      _ = skip("L")
      if !skip(",") {
        try expect(")")
        break
      }
    }
    return values
  }

  private mutating func text() throws(FormatError) -> String {
    skipSpace()
    guard place < bytes.count, [UInt8(ascii: "'"), UInt8(ascii: "\"")].contains(bytes[place]) else { throw problem }
    let quote = bytes[place]
    guard let end = bytes[(place + 1)...].firstIndex(of: quote) else { throw problem }
    defer { place = end + 1 }
    return String(decoding: bytes[(place + 1)..<end], as: UTF8.self)
  }

  private mutating func expect(_ word: String) throws(FormatError) {
    guard skip(word) else { throw problem }
  }

  private mutating func skip(_ word: String) -> Bool {
    skipSpace()
    guard bytes[place...].starts(with: word.utf8) else { return false }
    place += word.utf8.count
    return true
  }

  private mutating func skipSpace() {
    while place < bytes.count, [0x20, 0x0a, 0x09].contains(bytes[place]) { place += 1 }
  }

  private var problem: FormatError { FormatError("its header is not one that NumPy writes") }
}
