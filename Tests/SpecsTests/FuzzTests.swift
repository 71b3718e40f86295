import Specs
import TestSupport
import Testing

@Suite("No bytes make the reader crash")
struct FuzzTests {
  static let seeds = [
    FieldsTests.whole, FieldsTests.resolved, "a: &x {b: [1, 2]}\nc: {<<: *x, d: *x}\n",
    "? a\n: |\n  b\n---\n[{x: 'y'}, \"\\u00e9\"]\n",
    "%YAML 1.1\n--- !!map\n\"日本\": !!str 5\n...\n", "- - - a\n    - b\n  - c\n",
  ]
  static let pieces = [
    "[", "]", "{", "}", ":", ": ", "- ", "\n", "\t", "&a ", "*a", "!", "!!int ", "|", ">", "\"", "'", "#",
    "%", "\\", "\0", "<<: ", "? ", ",",
    "---\n", "...\n", "~", "1e999", "\u{FEFF}", "\u{2028}", "\r", "=",
  ]

  @Test(arguments: 0..<10)
  func mutations(round: UInt64) {
    var generator = SeededGenerator(1000 + round)
    for _ in 0..<500 {
      var bytes = Array((FuzzTests.seeds.randomElement(using: &generator) ?? "").utf8)
      for _ in 0..<Int.random(in: 1...6, using: &generator) { mutate(&bytes, &generator) }
      let diagnostics = Diagnostics()
      let node = Parser.parse(bytes: bytes, name: "x", diagnostics: diagnostics)
      #expect(node != nil || diagnostics.hasErrors)
      if let node {
        let argument = String(decoding: bytes.prefix(30), as: UTF8.self)
        let changed = Override.apply(argument, to: node, diagnostics: diagnostics)
        _ = SampleSpec.read(changed.merged(over: node), diagnostics)
        let again = Diagnostics()
        let text = Emitter.text(of: changed)
        let parsed = Parser.parse(bytes: Array(text.utf8), name: "y", diagnostics: again)
        #expect(
          parsed?.isEquivalent(to: changed) == true || diagnostics.hasErrors || changed.isNull, "\(text)")
      }
      let shown = DiagnosticRenderer(color: false).render(diagnostics)
      #expect(shown.isEmpty == diagnostics.all.isEmpty)
    }
  }

  private func mutate(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
    let place = Int.random(in: 0...bytes.count, using: &generator)
    switch Int.random(in: 0..<5, using: &generator) {
    case 0: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
    case 1:
      bytes.insert(contentsOf: (FuzzTests.pieces.randomElement(using: &generator) ?? "").utf8, at: place)
    case 2: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 0...8, using: &generator)))
    case 3 where place < bytes.count: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    default:
      let end = min(bytes.count, place + Int.random(in: 0...40, using: &generator))
      bytes.insert(
        contentsOf: Array(bytes[place..<end]), at: Int.random(in: 0...bytes.count, using: &generator))
    }
  }
}
