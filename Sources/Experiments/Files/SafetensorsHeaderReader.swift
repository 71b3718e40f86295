import Datasets

/// Reads the JSON of a safetensors header: the few forms that the format has, and no others.
///
/// There is no recursion, every number is checked before it is used, and bytes are only looked at inside the
/// header; so no input, however hostile, can make it crash.
struct SafetensorsHeaderReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) {
    rest = bytes
  }

  /// Reads an object, and calls `value` to read the value of each of its keys.
  mutating func members(
    _ value: (inout SafetensorsHeaderReader, String) throws(FormatError) -> Void
  ) throws(FormatError) {
    try expect("{")
    if skip("}") { return }
    var keys: Set<String> = []
    repeat {
      let key = try string()
      guard keys.insert(key).inserted else { throw FormatError("its header has the key \(key) twice") }
      try expect(":")
      try value(&self, key)
    } while skip(",")
    try expect("}")
  }

  /// Reads an array of integers that are not negative.
  mutating func integers() throws(FormatError) -> [Int] {
    try expect("[")
    if skip("]") { return [] }
    var values: [Int] = []
    repeat { values.append(try integer()) } while skip(",")
    try expect("]")
    return values
  }

  /// Reads a string.
  mutating func string() throws(FormatError) -> String {
    try expect("\"")
    var bytes: [UInt8] = []
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: bytes, as: UTF8.self) else {
          throw FormatError("its header has a string that is not UTF-8")
        }
        return text
      case UInt8(ascii: "\\"): bytes.append(contentsOf: String(try escape()).utf8)
      case 0..<0x20: throw FormatError("its header has a control character in a string")
      default: bytes.append(byte)
      }
    }
    throw FormatError("its header ends in the middle of a string")
  }

  /// Reads the spaces at the end.
  mutating func padding(below limit: Int) throws(FormatError) {
    guard rest.count < limit, rest.allSatisfy({ $0 == UInt8(ascii: " ") }) else {
      throw FormatError("its header goes on after its end")
    }
  }

  private mutating func integer() throws(FormatError) -> Int {
    let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    rest = rest.dropFirst(digits.count)
    let text = String(decoding: digits, as: UTF8.self)
    guard let value = Int(text), digits.count == 1 || digits.first != UInt8(ascii: "0") else {
      throw FormatError("its header has a number that is no integer from 0 to \(Int.max)")
    }
    return value
  }

  /// Reads what follows a backslash.
  private mutating func escape() throws(FormatError) -> Unicode.Scalar {
    switch rest.popFirst() {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      // Beyond U+FFFF JSON writes two escapes; nothing written here needs them, so they are refused.
      let digits = String(decoding: rest.prefix(4), as: UTF8.self)
      rest = rest.dropFirst(4)
      guard digits.utf8.count == 4, digits.allSatisfy(\.isHexDigit), let value = UInt16(digits, radix: 16),
        let scalar = Unicode.Scalar(value)
      else { throw FormatError("its header has an escape that is no character") }
      return scalar
    default: throw FormatError("its header has an unknown escape")
    }
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(FormatError) {
    guard skip(character) else {
      let found = rest.isEmpty ? "it ends" : "there is something else"
      throw FormatError("its header should have \(character) where \(found)")
    }
  }

  /// Steps over a character if it is the next one.
  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest = rest.dropFirst()
    return true
  }
}
