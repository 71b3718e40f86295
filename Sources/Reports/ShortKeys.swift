import Files

/// Keys and values of a sweep in few words.
package enum ShortKeys {
  /// Keys in as few words as tell them apart: the last part, and of equal ones the first that differs, as in
  /// `generator.learning_rate`.
  package static func short(_ keys: [String]) -> [String: String] {
    let parts = keys.map { $0.split(separator: ".").map(String.init) }
    var short: [String: String] = [:]
    for (key, own) in zip(keys, parts) {
      let rivals = parts.filter { $0.last == own.last && $0 != own }
      let different = own.dropLast().first { part in rivals.allSatisfy { !$0.contains(part) } }
      let last = own.last ?? key
      short[key] = rivals.isEmpty ? last : different.map { "\($0).\(last)" } ?? key
    }
    return short
  }

  /// A value in a few columns: a number with three digits.
  package static func cell(_ text: String) -> String {
    guard let number = Double(text), Int(text) == nil else { return text.count > 24 ? text.prefix(23) + "…" : text }
    let magnitude = number.magnitude
    guard magnitude > 0, magnitude < 0.01 || magnitude >= 1000 else {
      return Decimals.text(number, magnitude >= 100 ? 0 : magnitude >= 10 ? 1 : magnitude >= 1 ? 2 : 3)
    }
    var (mantissa, exponent) = (magnitude, 0)
    while mantissa >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    while mantissa < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    if Decimals.text(mantissa, 2) == "10.00" { (mantissa, exponent) = (1, exponent + 1) }
    return "\(number < 0 ? "-" : "")\(Decimals.text(mantissa, 2))e\(exponent)"
  }
}
