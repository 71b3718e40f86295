import Datasets
import Glibc
import TestSupport
import Testing

@Suite struct NumberTextTests {
  /// What a text means without any shortcut.
  private func reference(_ text: String) -> Double? {
    guard text.utf8.allSatisfy({ "0123456789.+-eE".utf8.contains($0) }), Double(text) != nil else { return nil }
    let number = strtod(text, nil)
    return number.isFinite ? number : nil
  }

  private func check(_ text: String) {
    let read = NumberText.number(Array("x\(text)y".utf8), 1..<(text.utf8.count + 1))
    #expect(read?.bitPattern == reference(text)?.bitPattern, "\(text)")
  }

  @Test(arguments: [
    "", "-", "+", ".", "e", "1", "-0", "+0.0", "-1.5", "1.", ".5", "-.5e1", "1e", "1e+", "1e5", "1E-5", "--1", "1-",
    "1e5.",
    "1.2.3", "0x10", "nan", "inf", "1_000", " 1", "9007199254740992", "9007199254740993", "9007199254740991e22",
    "9007199254740993e-22", "1e22", "1e23", "1e-22", "1e-23", "123456789012345678", "12345678901234567890",
    "123456789012345678901234567890", "18446744073709551615", "18446744073709551616", "36893488147419103233", "1e308",
    "1.7976931348623157e308", "1.7976931348623159e308", "1e309", "-1e999", "1e9999", "1e99999999999999999999", "1e-320",
    "4.9e-324", "2.4703282292062327e-324", "2.4703282292062328e-324", "1e-400", "2.2250738585072011e-308",
    "2.2250738585072014e-308", "0.1", "0.30000000000000004", "0000000000000000000000000000001.5", "0e999",
    "8.442911973260991817129021e-309", "9007199254740992.5", "0.000000000000000000000000000000000000000000001",
  ])
  func `a text is the nearest Double, or none`(text: String) { check(text) }

  @Test func `random texts are what the C library makes of them`() {
    var generator = SeededGenerator(31)
    for _ in 0..<100_000 {
      func digits(_ range: ClosedRange<Int>) -> String {
        (0..<Int.random(in: range, using: &generator)).reduce(into: "") { text, _ in
          text += String(Int.random(in: 0...9, using: &generator))
        }
      }
      let sign = ["", "", "-", "+"].randomElement(using: &generator) ?? ""
      let fraction = Bool.random(using: &generator) ? "." + digits(0...20) : ""
      let exponent =
        Int.random(in: 0..<3, using: &generator) == 0 ? "e\(Int.random(in: -330...310, using: &generator))" : ""
      check(sign + digits(0...20) + fraction + exponent)
    }
  }

  @Test func `every Double is read back from its own text`() {
    var generator = SeededGenerator(32)
    for _ in 0..<100_000 {
      let number = Double(bitPattern: generator.next())
      guard number.isFinite else { continue }
      let text = Array(number.description.utf8)
      #expect(NumberText.number(text, 0..<text.count)?.bitPattern == number.bitPattern, "\(number)")
    }
  }
}
