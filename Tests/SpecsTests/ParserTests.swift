import Specs
import Testing

@Suite("What the parser reads")
struct ParserTests {
  static let documents: [(String, String)] = [
    ("a: 1", "{a: 1}"),
    ("5", "5"),
    ("- [a, ~, null, Null, '', \"null\"]", "[[a, null, null, null, \"\", \"null\"]]"),
    ("a:\nb: ~\n? c\n", "{a: null, b: null, c: null}"),
    ("a: &x {b: 1}\nc: *x\n", "{a: {b: 1}, c: {b: 1}}"),
    ("a: &x 1\nb: &x 2\nc: *x\n", "{a: 1, b: 2, c: 2}"),
    ("&k a: 1\nb: *k\n", "{a: 1, b: a}"),
    ("a: &x b\n*x : 1\n", "{a: b, b: 1}"),
    ("a: &x {b: 1, c: 2}\nd: {<<: *x, c: 3}\n", "{a: {b: 1, c: 2}, d: {c: 3, b: 1}}"),
    ("d: {c: 3, <<: [{b: 1, c: 4}, {b: 2, e: 5}]}\n", "{d: {c: 3, b: 1, e: 5}}"),
    ("'<<': 1\n", "{\"<<\": 1}"),
    (
      "a: !!str 5\nb: !!int 5\nc: !!float 2e-4\nd: !!bool true\ne: !!null ~\n",
      "{a: \"5\", b: 5, c: 2e-4, d: true, e: null}"
    ),
    ("a: !!seq [1]\nb: !!map {c: !!str }\nd: ! 5\n", "{a: [1], b: {c: \"\"}, d: \"5\"}"),
    ("a: |\n  x\n  y\nb: >-\n  x\n  y\n", "{a: \"x\\ny\\n\", b: x y}"),
    ("a: [1,\n\t2]\n", "{a: [1, 2]}"),
    ("%YAML 1.2\n---\na: 1\n...\n", "{a: 1}"),
    ("\u{FEFF}a: 1", "{a: 1}"),
    ("a: 2024-01-01\nb: 1:30\nc: 0x1F\nd: no\n", "{a: \"2024-01-01\", b: \"1:30\", c: 0x1F, d: \"no\"}"),
  ]

  @Test(arguments: documents)
  func reads(text: String, expected: String) throws {
    let diagnostics = Diagnostics()
    let node = Parser.parse(bytes: Array(text.utf8), name: "x", diagnostics: diagnostics)
    #expect(diagnostics.summary == "")
    #expect(Emitter.flowText(of: try #require(node)) == expected)
  }

  @Test("UTF-16 with a byte-order mark is read like UTF-8", arguments: [true, false])
  func sixteenBit(highFirst: Bool) throws {
    let units = [0xFEFF] + Array("é: 😀\n".utf16)
    let bytes = units.flatMap {
      highFirst ? [UInt8($0 >> 8), UInt8($0 & 255)] : [UInt8($0 & 255), UInt8($0 >> 8)]
    }
    let diagnostics = Diagnostics()
    let node = try #require(Parser.parse(bytes: bytes, name: "x", diagnostics: diagnostics))
    #expect(node["é"]?.text == "😀")
    #expect(node["é"]?.mark.column == 4)
  }

  @Test("Marks are lines and columns in characters, with what to underline")
  func marks() throws {
    let text = "日本: x\r\nb: [1, 22]\nc:\n  - d: \"a\n    b\"\n    e: {f: 1}\ng:\n"
    let diagnostics = Diagnostics()
    let root = try #require(Parser.parse(bytes: Array(text.utf8), name: "x", diagnostics: diagnostics))
    func place(_ node: Node?) -> [Int] { node.map { [$0.mark.line, $0.mark.column, $0.mark.length] } ?? [] }
    #expect(place(root) == [1, 1, 2])
    #expect(place(root["日本"]) == [1, 5, 1])
    #expect(place(root["b"]) == [2, 4, 7])
    #expect(place(root["b"]?.elements?[1]) == [2, 8, 2])
    #expect(place(root["c"]) == [4, 3, 1])
    let entry = root["c"]?.elements?[0]
    #expect(place(entry) == [4, 5, 1])
    #expect(place(entry?["d"]) == [4, 8, 2])
    #expect(place(entry?["e"]) == [6, 8, 6])
    #expect(place(root["g"]) == [7, 3, 1])
  }

  @Test("An alias stands where it is used, its parts where they are written")
  func aliasMarks() throws {
    let diagnostics = Diagnostics()
    let root = try #require(
      Parser.parse(bytes: Array("a: &x {b: 1}\nc: *x\n".utf8), name: "x", diagnostics: diagnostics))
    #expect(root["c"]?.mark.line == 2)
    #expect(root["c"]?["b"]?.mark.line == 1)
  }
}
