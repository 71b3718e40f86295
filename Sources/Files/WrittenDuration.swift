/// Durations as people write them.
package enum WrittenDuration {
  /// The seconds of `90`, `90s`, `5m`, `2h`, `30d`; nil of what is none.
  package static func seconds(_ text: String) -> Double? {
    let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86400]
    let unit = text.last.flatMap { units[$0] }
    let digits = unit == nil ? Substring(text) : text.dropLast()
    guard digits.utf8.first.map({ (0x30...0x39).contains($0) }) ?? false, let number = Double(digits), number.isFinite
    else { return nil }
    return number * (unit ?? 1)
  }
}
