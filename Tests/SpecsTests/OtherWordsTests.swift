import Specs
import Testing

/// Names, fields and words bring along what other programs call them; remedies know no more.
@Suite struct OtherWordsTests {
  enum Color: String, Choice {
    case red, green

    var alsoCalled: [String] { self == .red ? ["crimson"] : [] }
  }

  static let tools = Catalog<String>(
    noun: "tool",
    [
      .init(name: "saw", summary: "Cuts.", alsoCalled: ["cutter", "file"]) { fields in
        fields.leaveOut(NeedlessNames(["wood"], "leave it out: it is what lies there"))
        fields.split("limits", into: ["least", "most"])
        let teeth = fields.integer(
          FieldName("teeth", alsoCalled: ["size", "count"], example: "24"), in: 1...100, "Teeth.")
        _ = fields.integer(FieldName("length", alsoCalled: ["size"]), in: 1...100, default: 30, "Length.")
        _ = fields.integer("least", in: 0...9, default: 0, "The least.")
        _ = fields.integer("most", in: 0...9, default: 9, "The most.")
        _ = fields.choice(FieldName("color", alsoCalled: ["colour"]), default: Color.green, "Color.")
        return "saw of \(teeth)"
      },
      .init(name: "file", summary: "Smooths.", alsoCalled: ["rasp"]) { _ in "file" },
    ], needless: [NeedlessNames(["hand", "a_hand"], "leave it out: everybody has one")])

  /// What is said of a tool, without the places.
  private func said(_ tool: String) -> [String] {
    let diagnostics = Diagnostics()
    guard let node = Parser.parse(bytes: Array("tool: \(tool)".utf8), name: "spec.yaml", diagnostics: diagnostics)
    else { return ["no YAML"] }
    var fields = Fields(node, of: "a spec", diagnostics: diagnostics)
    _ = fields.item("tool", of: OtherWordsTests.tools, "The tool.")
    fields.finish()
    return diagnostics.all.map { "\($0.message): \($0.remedy ?? "")" }
  }

  private static let fields = "it has teeth, length, least, most and color"

  @Test(arguments: [
    ("{cutter: {teeth: 3}}", #"there is no tool "cutter"; there are saw and file: did you mean saw?"#),
    ("{Cutter: {teeth: 3}}", #"there is no tool "Cutter"; there are saw and file: did you mean saw?"#),
    ("rasp", #"there is no tool "rasp"; there are saw and file: did you mean file?"#),
    ("A_Hand", #"there is no tool "A_Hand"; there are saw and file: leave it out: everybody has one"#),
    (
      "{tool: cutter, teeth: 3}",
      "the name of a tool is its key, with the fields behind it: write tool: {saw: {teeth: 3}}"
    ),
    ("{tool: rasp, x: 1}", "the name of a tool is its key, with the fields behind it: write tool: {file: {x: 1}}"),
    ("{kind: rasp, x: 1}", "the name of a tool is its key, with the fields behind it: write tool: {file: {x: 1}}"),
    (
      "Cutter(colour='red', count=3, wood=2)",
      "this is a call of Cutter, as programs write it: write tool: {saw: {color: red, teeth: 3}}"
    ),
    ("{saw: {teeth: 3, colour: red}}", "saw has no field \"colour\"; \(fields): did you mean color?"),
    ("{saw: {teeth: 3, color: crimson}}", #"color must be one of red, green, not "crimson": did you mean red?"#),
    ("{saw: {teeth: 3, color: Crimson}}", #"color must be one of red, green, not "Crimson": did you mean red?"#),
    // Of two that are called so, the one that is read first.
    ("{saw: {size: 3}}", "saw has no field \"size\"; \(fields): did you mean teeth?"),
    ("{saw: {teeth: 3, wood: 1}}", "saw has no field \"wood\"; \(fields): leave it out: it is what lies there"),
    ("{saw: {teeth: 3, limits: [1, 2]}}", "saw has no field \"limits\"; \(fields): write least: 1, most: 2"),
    ("{saw: {teeth: 3, limits: 1}}", "saw has no field \"limits\"; \(fields): did you mean least?"),
    ("saw", "saw needs teeth: write tool: {saw: {teeth: 24}}"),
    ("{saw: {teeth: many}}", #"teeth must be an integer between 1 and 100, not "many": such as teeth: 24"#),
    // Another catalogue's words are none.
    ("{saw: {teeth: 3, gauge: 3}}", "saw has no field \"gauge\"; \(fields): remove it"),
  ]) func `a word of another program is understood where it was declared`(tool: String, message: String) {
    #expect(said(tool) == [message])
  }

  @Test func `an entry that takes no fields but is given some may be another's name elsewhere`() {
    #expect(said("{file: {teeth: 3}}") == ["file takes no fields, but is given a mapping: did you mean saw?"])
    #expect(said("file") == [])
  }

  /// What fields that follow from others are read as, with the resolved spec.
  private func inferred(_ text: String, _ standard: Int) -> (
    value: Int, pair: (Int, Int), resolved: String, errors: [String]
  ) {
    let diagnostics = Diagnostics()
    let node = Parser.parse(bytes: Array(text.utf8), name: "spec.yaml", diagnostics: diagnostics) ?? Node.map([])
    var fields = Fields(node, of: "a spec", diagnostics: diagnostics)
    let value = fields.integer("count", in: 1...9, inferred: standard, as: "as many as there are", "How many")
    let pair = fields.integerOrPair("steps", in: 1...9, inferred: (standard, 2), as: "the size", "How far.")
    fields.finish()
    return (value, pair, Emitter.flowText(of: fields.resolved), diagnostics.all.map(\.message))
  }

  @Test(arguments: [
    ("{}", 3, 3, [3, 2], "{count: 3, steps: [3, 2]}"),
    ("{count: null, steps: ~}", 2, 2, [2, 2], "{count: 2, steps: 2}"),
    ("{count: 5, steps: 4}", 3, 5, [4, 4], "{count: 5, steps: 4}"),
    // A resolved spec must be readable.
    ("{}", 12, 12, [12, 2], "{count: null, steps: null}"),
  ]) func `a value that follows from others is stated`(
    text: String, standard: Int, value: Int, pair: [Int], resolved: String
  ) {
    let read = inferred(text, standard)
    #expect(read.value == value && [read.pair.0, read.pair.1] == pair)
    #expect(read.resolved == resolved && read.errors == [])
  }

  @Test func `a value that follows from others is described in words`() {
    var fields = Fields.describing(subject: "x")
    _ = fields.integer("count", in: 1...9, inferred: 1, as: "as many as there are", "How many")
    #expect(fields.description.text == "  count  How many (an integer between 1 and 9; default as many as there are)")
    let schema = JSONSchema.text(of: fields.description, title: "x")
    #expect(schema.contains(#""description": "How many; by default as many as there are""#))
    #expect(schema.contains(#""integer","#) && schema.contains(#""null""#))
    #expect(inferred("{count: 10}", 1).errors == ["count must be an integer between 1 and 9, not 10"])
  }
}
