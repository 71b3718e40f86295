import Specs
import TestSupport
import Testing

@Suite("The emitter writes what a person would write")
struct EmitterTests {
  @Test("and a reader gets the same tree back", arguments: 0..<40)
  func roundTrip(seed: UInt64) throws {
    var generator = SeededGenerator(seed + 1)
    for _ in 0..<50 {
      let node = RandomTrees.node(&generator, depth: 6)
      for text in [Emitter.text(of: node), Emitter.flowText(of: node)] {
        let diagnostics = Diagnostics()
        let parsed = Parser.parse(bytes: Array(text.utf8), name: "x", diagnostics: diagnostics)
        #expect(diagnostics.summary == "", "\(text)")
        #expect(parsed?.isEquivalent(to: node) == true, "\(text)")
      }
    }
  }

  @Test("with block style outside and flow style for what is small")
  func style() {
    let wide = (0..<8).map { ("a_rather_long_key_\($0)", Node.integer($0)) }
    let node = Node.map([
      ("name", .string("mlp mnist")), ("note", .string("yes: [a]")), ("five", .string("5")),
      ("empty", .map([])),
      ("latent", .map([("dim", .integer(100)), ("low", .number(-1))])),
      (
        "layers",
        .list([
          .string("flatten"),
          .map([("dense", .map([("units", .integer(256)), ("shape", .list([.integer(7)]))]))]),
          .map([("wide", .map(wide))]), .list([.list([.integer(1)]), .null]),
        ])
      ),
      ("training", .map([("a", .integer(1)), ("b", .number(2e-5)), ("c", .boolean(true)), ("d", .null)])),
    ])
    let lines = (0..<8).map { "      a_rather_long_key_\($0): \($0)" }.joined(separator: "\n")
    #expect(
      Emitter.text(of: node)
        == """
        name: mlp mnist
        note: "yes: [a]"
        five: "5"
        empty: {}
        latent: {dim: 100, low: -1.0}
        layers:
          - flatten
          - dense: {units: 256, shape: [7]}
          - wide:
        \(lines)
          -
            - [1]
            - null
        training:
          a: 1
          b: 2.0e-05
          c: true
          d: null

        """.replacing("  -\n    - [1]\n    - null", with: "  - - [1]\n    - null"))
  }

  @Test(
    "and quotes what would end a document",
    arguments: [
      ("... x", "\"... x\": 1\n"), ("...", "\"...\": 1\n"), ("...x", "...x: 1\n"), ("--- x", "\"--- x\": 1\n"),
    ])
  func endOfDocument(key: String, text: String) {
    #expect(Emitter.text(of: .map([(key, .integer(1))])) == text)
  }

  @Test(
    "and numbers with the fewest digits",
    arguments: [(0.1, "0.1"), (2e-4, "0.0002"), (1e22, "1.0e+22"), (-0.0, "-0.0")])
  func numbers(value: Double, text: String) {
    #expect(Emitter.flowText(of: .number(value)) == text)
  }
}
