import Specs
import Testing

@Suite("How diagnostics are laid out")
struct RendererTests {
  private func rendered(_ diagnostic: Diagnostic, color: Bool = false) -> String {
    DiagnosticRenderer(color: color).render([diagnostic])
  }

  @Test("Lines of one source are shown in order, the carets under what they mean")
  func related() {
    let lines = ["name: x", "layers:", "  - dense: {units: 6271}", "  - reshape: {shape: [7, 7, 128]}"]
    let source = Source(name: "dcgan.yaml", text: lines.joined(separator: "\n"))
    let diagnostic = Diagnostic.error(
      "reshape to [7, 7, 128] needs 6272 values a sample, but receives 6271",
      at: Mark(source: source, line: 4, column: 5, length: 7), remedy: "use units: 6272",
      related: [(mark: Mark(source: source, line: 3, column: 20, length: 4), note: "produced here: [6271]")])
    #expect(
      rendered(diagnostic) == """
        dcgan.yaml:4:5: error: reshape to [7, 7, 128] needs 6272 values a sample, but receives 6271
            3 |   - dense: {units: 6271}
              |                    ~~~~ produced here: [6271]
            4 |   - reshape: {shape: [7, 7, 128]}
              |     ^~~~~~~ use units: 6272

        """)
  }

  @Test("A note in another source gets a place of its own")
  func otherSource() {
    let base = Source(name: "base.yaml", text: "seed: 1\n")
    let child = Source(name: "--set", text: "seed=x")
    let diagnostic = Diagnostic(
      .warning, "seed is given again", at: Mark(source: child, line: 1, column: 1, length: 4),
      related: [(mark: Mark(source: base, line: 1, column: 1, length: 4), note: "first given here")])
    #expect(
      rendered(diagnostic) == """
        --set:1:1: warning: seed is given again
            1 | seed=x
              | ^~~~
        base.yaml:1:1: note: first given here
            1 | seed: 1
              | ~~~~

        """)
  }

  @Test("Without a place there is a message and a remedy")
  func nowhere() {
    #expect(rendered(.error("no file", at: nil, remedy: "name one")) == "error: no file\n         name one\n")
    #expect(rendered(.error("no file", at: .nowhere)) == "error: no file\n")
    let named = DiagnosticRenderer(color: false, program: "tool")
    let both = Diagnostic(.error, "no file", at: nil, remedy: "write", lines: ["a: 1", "b:\u{7}2"])
    #expect(named.render([both]) == "tool: error: no file\n         write\n         a: 1\n         b:\\u{07}2\n")
  }

  @Test("Notes of one line share it")
  func sameLine() {
    let source = Source(name: "x", text: "{a: 1, a: 2}")
    let diagnostic = Diagnostic.error(
      "a is given twice", at: Mark(source: source, line: 1, column: 8), remedy: "remove one",
      related: [(mark: Mark(source: source, line: 1, column: 2), note: "first given here")])
    #expect(
      rendered(diagnostic) == """
        x:1:8: error: a is given twice
            1 | {a: 1, a: 2}
              |  ~ first given here
              |        ^ remove one

        """)
  }

  @Test("Controls are escaped, tabs are blanks, wide characters take two columns")
  func strangeCharacters() {
    let source = Source(name: "x\u{1B}", text: "\ta: 日本\u{7}e\u{301}\u{202E} b")
    let diagnostic = Diagnostic.error(
      "bell \u{7}", at: Mark(source: source, line: 1, column: 12), remedy: "b")
    #expect(
      rendered(diagnostic) == """
        x\\u{1B}:1:12: error: bell \\u{07}
            1 |  a: 日本\\u{07}e\u{301}\\u{202E} b
              |                         ^ b

        """)
  }

  @Test("Lines are cut around the caret to 120 columns", arguments: [1, 60, 111, 113, 200, 500, 999])
  func longLines(column: Int) throws {
    let text = String(repeating: "0123456789", count: 100)
    let source = Source(name: "x", text: text)
    let remedy = String(repeating: "z", count: 60)
    let mark = Mark(source: source, line: 1, column: column, length: 2)
    let lines = rendered(.error("m", at: mark, remedy: remedy)).split(separator: "\n").map(Array.init)
    #expect(lines.allSatisfy { $0.count <= 120 })
    let caret = try #require(lines[2].firstIndex(of: "^"))
    #expect(String(lines[1][caret...caret]) == String((column - 1) % 10))
    #expect(lines.joined().filter { $0 == "z" }.count == 60)
  }

  @Test("Nothing is wider than the terminal, and no word is broken", arguments: [40, 60, 80, 100], [1, 30, 99, 180])
  func narrow(width: Int, column: Int) throws {
    let text = String(repeating: "0123456789", count: 20)
    let source = Source(name: "spec.yaml", text: text)
    let message = "training has no field; it has batch_size, epochs, steps, sampling, packing and gradient_accumulation"
    let remedy = "move it into optimizers, where generator and discriminator have learning rates of their own"
    let mark = Mark(source: source, line: 1, column: column, length: 1)
    let related = [(mark: Mark(source: source, line: 1, column: 20, length: 1), note: "the list begins here")]
    let shown = DiagnosticRenderer(color: false, width: width).render(
      [.error(message, at: mark, remedy: remedy, related: related), .error(message, at: nil, remedy: remedy)])
    let lines = shown.split(separator: "\n").map(Array.init)
    #expect(lines.filter { $0.count > width }.map { String($0) } == [])
    let caret = try #require(lines.firstIndex { $0.contains("^") })
    let place = try #require(lines[caret].firstIndex(of: "^"))
    #expect(String(lines[caret - 1][place]) == String((column - 1) % 10))
    let words = shown.split { $0 == " " || $0 == "\n" || $0 == "|" }
    for word in (message + " " + remedy).split(separator: " ") { #expect(words.contains(word), "\(word)") }
  }

  @Test("A mark behind the end of a line or of the text does no harm", arguments: [(1, 99), (7, 1), (2, 1)])
  func outside(line: Int, column: Int) {
    let source = Source(name: "x", text: "ab\n")
    let mark = Mark(source: source, line: line, column: column, length: 50)
    #expect(rendered(.error("m", at: mark, remedy: "r")).contains("^"))
  }

  @Test("Colours appear only when they are asked for")
  func colors() {
    let mark = Mark(source: Source(name: "x", text: "a"), line: 1, column: 1)
    #expect(!rendered(.error("m", at: mark, remedy: "r")).contains("\u{1B}"))
    #expect(rendered(.error("m", at: mark, remedy: "r"), color: true).contains("\u{1B}[1;31m^\u{1B}[0m"))
  }

  @Test("Diagnostics are sorted by place and said once")
  func sorted() {
    let first = Source(name: "b", text: "x\ny")
    let second = Source(name: "a", text: "x")
    let diagnostics = Diagnostics()
    diagnostics.error("4", at: nil)
    diagnostics.error("2", at: Mark(source: first, line: 2, column: 1))
    diagnostics.error("3", at: Mark(source: second, line: 1, column: 1))
    diagnostics.error("1", at: Mark(source: first, line: 1, column: 2))
    diagnostics.error("2", at: Mark(source: first, line: 2, column: 1))
    #expect(diagnostics.all.map(\.message) == ["1", "2", "3", "4"])
  }
}
