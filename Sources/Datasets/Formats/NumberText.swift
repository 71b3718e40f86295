/// Numbers read from their digits, exactly: to the nearest Double, ties to even.
package enum NumberText {
  /// Powers of ten that Doubles hold exactly.
  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]

  /// The finite number that bytes are, in the notation of YAML's core schema without hexadecimals: `-12.5e-3`.
  ///
  /// Digits of at most 53 bits with a power of ten up to 22 take one multiplication or division of two exact Doubles,
  /// which is rounded once (W. D. Clinger, "How to Read Floating Point Numbers Accurately", 1990); all others take the
  /// standard library's way.
  package static func number(_ bytes: [UInt8], _ range: Range<Int>) -> Double? {
    var place = range.lowerBound
    let end = range.upperBound
    guard place < end else { return nil }
    let isNegative = bytes[place] == UInt8(ascii: "-")
    if isNegative || bytes[place] == UInt8(ascii: "+") { place += 1 }
    var mantissa: UInt64 = 0
    var exponent = 0
    let first = place
    while place < end, let digit = digit(bytes[place]) {
      mantissa = mantissa &* 10 &+ digit
      place += 1
    }
    var digits = place - first
    if digits == 0 { return slowly(bytes, range) }
    if place < end, bytes[place] == UInt8(ascii: ".") {
      let point = place
      place += 1
      while place < end, let digit = digit(bytes[place]) {
        mantissa = mantissa &* 10 &+ digit
        place += 1
      }
      exponent = point + 1 - place
      digits -= exponent
    }
    if place < end, bytes[place] | 0x20 == UInt8(ascii: "e") {
      place += 1
      let isDown = place < end && bytes[place] == UInt8(ascii: "-")
      if isDown || place < end && bytes[place] == UInt8(ascii: "+") { place += 1 }
      let start = place
      var written = 0
      while place < end, place - start < 4, let digit = digit(bytes[place]) {
        written = written * 10 + Int(digit)
        place += 1
      }
      if place == start { return slowly(bytes, range) }
      exponent += isDown ? -written : written
    }
    // Nineteen digits always fit into 64 bits.
    guard place == end, digits <= 19, mantissa <= 1 << 53, (-22...22).contains(exponent) else {
      return slowly(bytes, range)
    }
    let magnitude =
      exponent < 0 ? Double(mantissa) / powers[-exponent] : Double(mantissa) * powers[exponent]
    return isNegative ? -magnitude : magnitude
  }

  private static func digit(_ byte: UInt8) -> UInt64? {
    let value = byte &- UInt8(ascii: "0")
    return value < 10 ? UInt64(value) : nil
  }

  private static func slowly(_ bytes: [UInt8], _ range: Range<Int>) -> Double? {
    let allowed = bytes[range].allSatisfy {
      switch $0 {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "e"), UInt8(ascii: "E"):
        true
      default: false
      }
    }
    guard allowed else { return nil }
    return Double(String(decoding: bytes[range], as: UTF8.self)).flatMap { $0.isFinite ? $0 : nil }
  }
}
