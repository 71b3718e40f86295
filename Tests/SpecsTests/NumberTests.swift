import Specs
import Testing

@Suite("Scalars mean what their field asks for")
struct NumberTests {
  private func fields(_ text: String, _ diagnostics: Diagnostics) -> Fields {
    let node = Parser.parse(bytes: Array("v: \(text)\n".utf8), name: "x", diagnostics: diagnostics) ?? .null
    return Fields(node, of: "x", diagnostics: diagnostics)
  }

  static let numbers: [(String, Double?)] = [
    ("2e-4", 2e-4), ("1e3", 1000), (".5", 0.5), ("-1.0E+2", -100), ("5.", 5), ("+7", 7), ("0x10", 16),
    ("0o17", 15),
    ("1e-999", 0), ("-0", -0.0), ("1_000", nil), ("1,000", nil), ("'5'", nil), (".inf", nil), ("-.INF", nil),
    (".nan", nil), ("1e999", nil), ("1e39", nil), ("-4e38", nil), ("1e-50", nil), ("3e38", 3e38), ("2e-38", 2e-38),
    ("infinity", nil), ("nan", nil), ("0x1p3", nil), ("1e", nil), (".", nil),
    ("e5", nil),
    ("1 2", nil), ("--5", nil), ("1.2.3", nil), ("true", nil), ("0b11", nil), ("-0x10", nil), ("１", nil),
  ]

  @Test("as numbers", arguments: numbers)
  func number(text: String, expected: Double?) {
    let diagnostics = Diagnostics()
    var fields = fields(text, diagnostics)
    let value = fields.number("v", in: .any, "A number.")
    #expect(diagnostics.hasErrors == (expected == nil))
    if let expected { #expect(value == expected) }
  }

  static let integers: [(String, Int?)] = [
    ("5", 5), ("-5", -5), ("+5", 5), ("007", 7), ("0x1F", 31), ("0o17", 15), ("9223372036854775807", .max),
    ("-9223372036854775808", .min), ("9223372036854775808", nil), ("5.0", nil), ("1e3", nil), ("", nil),
    ("0x", nil),
    ("0xG", nil), ("'5'", nil), ("true", nil),
  ]

  @Test("as integers", arguments: integers)
  func integer(text: String, expected: Int?) {
    let diagnostics = Diagnostics()
    var fields = fields(text, diagnostics)
    let value = fields.integer("v", in: Int.min...Int.max, "An integer.")
    #expect(diagnostics.hasErrors == (expected == nil))
    if let expected { #expect(value == expected) }
  }

  static let booleans: [(String, Bool?)] = [
    ("true", true), ("True", true), ("FALSE", false), ("yes", nil), ("no", nil), ("1", nil), ("'true'", nil),
    ("tRUE", nil),
  ]

  @Test("as booleans", arguments: booleans)
  func boolean(text: String, expected: Bool?) {
    let diagnostics = Diagnostics()
    var fields = fields(text, diagnostics)
    let value = fields.boolean("v", "A switch.")
    #expect(diagnostics.hasErrors == (expected == nil))
    if let expected { #expect(value == expected) }
  }

  @Test(
    "as texts, whatever they look like",
    arguments: [("5", "5"), ("no", "no"), ("'a'", "a"), ("2e-4", "2e-4")])
  func text(text: String, expected: String) {
    let diagnostics = Diagnostics()
    var fields = fields(text, diagnostics)
    #expect(fields.string("v", "A text.") == expected)
    #expect(!diagnostics.hasErrors)
  }

  static let ranges: [(NumberRange, String, [Double], [Double])] = [
    (.closed(0, 1), "between 0 and 1", [0, 0.5, 1], [-0.1, 1.1]),
    (.atLeast(0), "at least 0", [0, 1e300], [-1e-300]),
    (.above(0), "above 0", [Double.leastNonzeroMagnitude], [0, -0.0]),
    (.halfOpen(0, 1), "at least 0 and below 1", [0, 0.999], [1]),
    (.open(0, 0.5), "above 0 and below 0.5", [0.1], [0, 0.5]),
    (.openClosed(0, 1), "above 0 and at most 1", [1], [0]),
    (.any, "", [-1e308, 0], [.infinity, .nan, -.infinity]),
  ]

  @Test("within ranges that describe themselves", arguments: ranges)
  func range(range: NumberRange, phrase: String, inside: [Double], outside: [Double]) {
    #expect(range.phrase == phrase)
    #expect(inside.allSatisfy(range.contains))
    #expect(!outside.contains(where: range.contains))
    var fields = Fields.describing(subject: "x")
    #expect(range.contains(fields.number("v", in: range, "A number.")))
  }
}
