import Specs
import Testing

@Suite("A hostile text is refused")
struct HostileTests {
  @Test(arguments: HostileText.table)
  func isRefused(hostile: HostileText) {
    let diagnostics = Diagnostics()
    #expect(Parser.parse(bytes: Array(hostile.text.utf8), name: "x", diagnostics: diagnostics) == nil)
    #expect(diagnostics.summary == hostile.expected)
  }

  @Test("64 levels and 20 000 values are not hostile")
  func limitsAreReached() throws {
    for text in [repeated("[", 64) + repeated("]", 64), "[" + repeated("a,", 19_999) + "]"] {
      let diagnostics = Diagnostics()
      let node = Parser.parse(bytes: Array(text.utf8), name: "x", diagnostics: diagnostics)
      #expect(diagnostics.summary == "")
      #expect(try #require(node).elements != nil)
    }
  }

  @Test("A thousand mistakes are counted, and the first twenty shown")
  func manyMistakes() {
    let text = (0..<Parser.keyLimit).map { "key\($0): 1\n" }.joined()
    let diagnostics = Diagnostics()
    if let node = Parser.parse(bytes: Array(text.utf8), name: "x", diagnostics: diagnostics) {
      _ = SampleSpec.read(node, diagnostics)
    }
    #expect(diagnostics.errorCount == 1001)
    #expect(diagnostics.all.count == Diagnostics.capacity)
    let lines = DiagnosticRenderer(color: false).render(diagnostics).split(separator: "\n")
    #expect(lines.count == 20 * 3 + 1)
    #expect(lines.last == "and 981 more")
  }

  private func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }
}
