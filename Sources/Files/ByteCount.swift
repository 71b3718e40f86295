/// Numbers of bytes as people read them.
package enum ByteCount {
  /// `1.4 GiB`, `23 MiB`, `512 B`.
  package static func text(_ bytes: Int) -> String {
    let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
    var value = Double(bytes)
    var unit = 0
    while value >= 1024, unit < units.count - 1 {
      value /= 1024
      unit += 1
    }
    return unit == 0 ? "\(bytes) B" : "\(Decimals.text(value, value < 10 ? 1 : 0)) \(units[unit])"
  }
}

/// Numbers with a fixed count of decimals.
package enum Decimals {
  /// Four significant digits, as in `0.6931`, `12.35`, `1.2e-05`.
  package static func short(_ value: Double) -> String {
    let size = value.magnitude
    if value.isNaN { return "nan" }
    if size == 0 { return "0" }
    if size >= 1e6 || size < 1e-4 { return "\(Float(value))" }
    var places = 4
    var bound = 1.0
    while size >= bound, places > 0 {
      places -= 1
      bound *= 10
    }
    return text(value, max(places, 0))
  }

  /// `value` with `places` decimals, rounded half away from zero.
  package static func text(_ value: Double, _ places: Int) -> String {
    guard value.isFinite else { return "\(value)" }
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let scaled = (value.magnitude * scale).rounded()
    guard scaled < 9e15 else { return "\(value)" }
    let whole = Int(scaled)
    let sign = value < 0 && whole > 0 ? "-" : ""
    if places == 0 { return "\(sign)\(whole)" }
    let digits = String(whole)
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    return "\(sign)\(padded.dropLast(places)).\(padded.suffix(places))"
  }

  /// A whole number with its digits in groups of three: `1 486 352`.
  package static func count(_ number: Int) -> String {
    var groups: [Substring] = []
    var digits = Substring(String(number.magnitude))
    while digits.count > 3 {
      groups.insert(digits.suffix(3), at: 0)
      digits = digits.dropLast(3)
    }
    groups.insert(digits, at: 0)
    return (number < 0 ? "-" : "") + groups.joined(separator: " ")
  }

  /// A number that should be whole, as a step is; another one with four digits.
  package static func whole(_ value: Double) -> String { Int(exactly: value).map { count($0) } ?? short(value) }

  /// `1 sample`, `64 samples`.
  package static func count(_ number: Int, _ noun: String) -> String {
    "\(count(number)) \(noun)\(number == 1 ? "" : "s")"
  }

  /// `2 h 03 min`, `4 min 05 s`, `12 s`.
  package static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e9 else { return "?" }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let total = Int(seconds.rounded())
    if total >= 86400 { return "\(total / 86400) d \(two(total % 86400 / 3600)) h" }
    if total >= 3600 { return "\(total / 3600) h \(two(total % 3600 / 60)) min" }
    if total >= 60 { return "\(total / 60) min \(two(total % 60)) s" }
    return "\(total) s"
  }
}
