import Files

/// Numbers and times as people read them.
enum Readable {
  /// Digits in groups of three: `1 486 352`.
  static func count(_ number: Int) -> String { Decimals.count(number) }

  /// `1 sample`, `64 samples`.
  static func count(_ number: Int, _ noun: String) -> String { Decimals.count(number, noun) }

  /// Four significant digits, as in `0.6931`, `12.35`, `1.2e-05`.
  static func number(_ value: Double) -> String { Decimals.short(value) }

  /// A number in 7 columns, so that a line of changing numbers stands still: ` 0.6931`, `-123.46`; a number of a thousand
  /// and more, which is rare, may take 9: `3.88e+12`.
  static func steady(_ value: Double) -> String {
    let text =
      !value.isFinite
      ? "\(value)"
      : value.magnitude >= 1000
        ? scientific(value) : Decimals.text(value, value.magnitude < 10 ? 4 : value.magnitude < 100 ? 3 : 2)
    return String(repeating: " ", count: max(0, 7 - text.count)) + text
  }

  /// A time that is given in milliseconds, in microseconds where it is short.
  static func milliseconds(_ value: Double) -> String {
    value < 1 ? "\(Decimals.text(value * 1e3, 1)) us" : "\(Decimals.text(value, 2)) ms"
  }

  /// Floating-point operations: `2.51 GFLOP`, `17.3 MFLOP`.
  static func operations(_ count: Double) -> String {
    let units = ["kFLOP", "MFLOP"]
    let unit = [1e5, 1e8].firstIndex { count < $0 }
    return unit.map { "\(number(count / [1e3, 1e6][$0])) \(units[$0])" } ?? "\(number(count / 1e9)) GFLOP"
  }

  private static func scientific(_ value: Double) -> String {
    var (mantissa, exponent) = (value.magnitude, 0)
    while mantissa >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    if Decimals.text(mantissa, 2) == "10.00" { (mantissa, exponent) = (1, exponent + 1) }
    return "\(value < 0 ? "-" : "")\(Decimals.text(mantissa, 2))e+\(exponent < 10 ? "0" : "")\(exponent)"
  }

  /// `2 h 03 min`, `4 min 05 s`, `12 s`.
  static func duration(_ seconds: Double) -> String { Decimals.duration(seconds) }

  /// The same for columns: `2h03m`, `4m05s`, `12s`.
  static func shortDuration(_ seconds: Double) -> String {
    duration(seconds).replacing("min", with: "m").filter { $0 != " " }
  }

  /// A time as records have it, `2026-11-24T16:02:31Z`, to the minute: `2026-11-24 16:02`.
  static func minute(_ time: String) -> String {
    time.count < 16 ? time : String(time.prefix(16).replacing("T", with: " "))
  }
}
