import Files

/// Numbers of figures and tables.
enum NumberText {
  /// Four significant digits; of a million and more, and below 0.0001, three with a power of ten: `2.61e7`.
  static func short(_ value: Double) -> String {
    var (mantissa, exponent) = (value.magnitude, 0)
    guard value.isFinite, mantissa >= 1e6 || mantissa < 1e-4, mantissa > 0 else { return Decimals.short(value) }
    while mantissa >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    while mantissa < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    if Decimals.text(mantissa, 2) == "10.00" { (mantissa, exponent) = (1, exponent + 1) }
    return "\(value < 0 ? "-" : "")\(Decimals.text(mantissa, 2))e\(exponent)"
  }
}
