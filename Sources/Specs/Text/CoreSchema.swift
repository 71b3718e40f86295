/// What a plain scalar means under the core schema of YAML 1.2.
enum CoreSchema {
  /// The longest word that means something else than itself.
  ///
  /// Longer texts are not compared, which may take long.
  private static let longestWord = 5

  /// Nothing, said in words.
  static func isNull(_ text: String) -> Bool {
    guard text.utf8.count <= longestWord else { return false }
    return switch text {
    case "", "~", "null", "Null", "NULL": true
    default: false
    }
  }

  /// `true` or `false` in lower, upper or title case.
  static func boolean(_ text: String) -> Bool? {
    guard text.utf8.count <= longestWord else { return nil }
    return switch text {
    case "true", "True", "TRUE": true
    case "false", "False", "FALSE": false
    default: nil
    }
  }

  /// What a text says as an integer.
  enum IntegerReading: Equatable {
    case value(Int)
    case tooLarge
    case notInteger
  }

  /// Reads decimal digits with a sign, `0x` and `0o`.
  static func integer(_ text: String) -> IntegerReading {
    var digits = Substring(text)
    var radix = 10
    if let prefixed = prefixedRadix(text) {
      radix = prefixed
      digits = digits.dropFirst(2)
    }
    let unsigned = radix == 10 && isSign(digits.utf8.first) ? digits.dropFirst() : digits
    guard !unsigned.isEmpty, unsigned.utf8.allSatisfy({ isDigit($0, radix: radix) }) else {
      return .notInteger
    }
    return Int(digits, radix: radix).map(IntegerReading.value) ?? .tooLarge
  }

  /// A number of any size: digits with at most one point and an exponent, an integer, or `.inf` and `.nan`.
  static func number(_ text: String) -> Double? {
    if text.utf8.count <= longestWord {
      switch text {
      case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .infinity
      case "-.inf", "-.Inf", "-.INF": return -.infinity
      case ".nan", ".NaN", ".NAN": return .nan
      default: break
      }
    }
    if prefixedRadix(text) != nil {
      if case .value(let value) = integer(text) { return Double(value) }
      return nil
    }
    return isDecimal(text) ? Double(text) : nil
  }

  /// Whether a plain text means itself: neither null, boolean nor number.
  static func isString(_ text: String) -> Bool {
    !isNull(text) && boolean(text) == nil && number(text) == nil && integer(text) == .notInteger
  }

  /// The shortest text that reads back as the same number, in a form that YAML 1.1 takes for a number too.
  static func text(of value: Double) -> String {
    if value.isNaN { return ".nan" }
    if value.isInfinite { return value < 0 ? "-.inf" : ".inf" }
    let text = value.description
    guard let exponent = text.firstIndex(of: "e"), !text.contains(".") else { return text }
    return text[..<exponent] + ".0" + text[exponent...]
  }

  /// The form `[-+]? ( . digits | digits [ . digits* ] ) [ e [-+]? digits ]`.
  private static func isDecimal(_ text: String) -> Bool {
    var rest = Substring(text).utf8
    func digits(_ rest: inout Substring.UTF8View) -> Int {
      let count = rest.prefix { isDigit($0, radix: 10) }.count
      rest = rest.dropFirst(count)
      return count
    }
    if isSign(rest.first) { rest = rest.dropFirst() }
    var count = digits(&rest)
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      count += digits(&rest)
    }
    guard count > 0 else { return false }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest = rest.dropFirst()
      if isSign(rest.first) { rest = rest.dropFirst() }
      guard digits(&rest) > 0 else { return false }
    }
    return rest.isEmpty
  }

  /// 16 behind `0x`, 8 behind `0o`.
  private static func prefixedRadix(_ text: String) -> Int? {
    switch Array(text.utf8.prefix(2)) {
    case [UInt8(ascii: "0"), UInt8(ascii: "x")]: 16
    case [UInt8(ascii: "0"), UInt8(ascii: "o")]: 8
    default: nil
    }
  }

  private static func isSign(_ byte: UInt8?) -> Bool {
    byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
  }

  private static func isDigit(_ byte: UInt8, radix: Int) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "7"): true
    case UInt8(ascii: "8")...UInt8(ascii: "9"): radix >= 10
    case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): radix == 16
    default: false
    }
  }
}
