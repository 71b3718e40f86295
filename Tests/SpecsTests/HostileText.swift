import Specs
import Testing

/// A text made to take a parser down, and what is said instead.
struct HostileText: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let text: String
  let expected: String

  private init(_ description: String, text: String, expected: String) {
    testDescription = description
    self.text = text
    self.expected = expected
  }

  static let longest = Parser.byteLimit
  static let deep = "lists and mappings nest more than 64 deep\n  a spec is flatter than this"
  static let many = "more than 20000 values with every alias written out\n  a spec is smaller than this"

  static let table: [HostileText] = [
    HostileText("flow lists", text: repeated("[", longest), expected: "1:65-65 " + deep),
    HostileText(
      "flow mappings", text: repeated("{a: ", longest / 4), expected: "1:257-257 " + deep),
    HostileText("block lists", text: repeated("- ", longest / 2), expected: "1:129-129 " + deep),
    HostileText(
      "block mappings",
      text: (0..<700).map { repeated(" ", $0) + "a:\n" }.joined(), expected: "65:65-65 " + deep),
    HostileText(
      "aliases of aliases of aliases",
      text: "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        + (1..<10).map { "a\($0): &a\($0) [\(repeated("*a\($0 - 1), ", 9))]\n" }.joined(),
      expected: "5:15-17 " + many),
    HostileText(
      "a chain of aliases",
      text: "a0: &a0 [x]\n" + (1..<9000).map { "a\($0): &a\($0) [*a\($0 - 1)]\n" }.joined(),
      expected: "64:12-15 " + deep),
    HostileText(
      "merges of merges",
      text: "m0: &m0 {k0: 1}\n"
        + (1..<5000).map { "m\($0): &m\($0) {<<: *m\($0 - 1), k\($0): 1}\n" }.joined(),
      expected: "100:16-19 " + many),
    HostileText("a long list", text: repeated("- a\n", 60_000), expected: "20000:3-3 " + many),
    HostileText(
      "many keys", text: (0..<9000).map { "key\($0): 1\n" }.joined(),
      expected: "1001:1-7 more than 1000 keys in one mapping\n  a spec is smaller than this"),
    HostileText(
      "many tag directives", text: (0..<9000).map { "%TAG !a\($0)! x:\n" }.joined(),
      expected: "9:1-1 more than 8 lines that begin with %\n  a spec needs no directives"),
  ]

  private static func repeated(_ text: String, _ count: Int) -> String {
    String(repeating: text, count: count)
  }
}
