import Specs
import Testing

/// Fields that had another name in earlier versions, keys that nobody reads, and paths to fields.
struct RenamedFieldTests {
  private static let losses = Catalog<String>(
    noun: "loss",
    [
      .init(name: "pairs", summary: "Pairs.") { fields in
        fields.renamed("on", to: "cost")
        return fields.choice("cost", among: ["hinge", "squares"], default: "hinge", "A cost.")
      }
    ],
    papers: [
      PaperName(["two-liner"], "pairs and more (Nobody, 2000)", ["loss: pairs", "seed: 1"]),
      PaperName(["one_liner"], "pairs (Nobody, 2000)", ["loss: pairs"]),
    ])

  private static func spec(from fields: inout Fields) -> String? {
    fields.ignoreKeys(beginningWith: "x-")
    fields.renamed("noise", to: "latent")
    _ = fields.group("latent", "Noise.") { $0.integer("dim", in: 1...9, default: 3, "Values.") }
    _ = fields.itemLists(
      "branches", of: losses, count: 1...3, part: "branch", example: "[[pairs]]", "Lists of losses.")
    return fields.item("loss", of: losses, default: "pairs", "A loss.")
  }

  private static var description: FieldsDescription {
    var fields = Fields.describing(subject: "a spec")
    _ = spec(from: &fields)
    return fields.description
  }

  private static func read(
    _ text: String, over parent: String? = nil, overrides: [String] = []
  ) throws -> (messages: String, resolved: String) {
    let diagnostics = Diagnostics()
    func parsed(_ text: String) throws -> Node {
      try #require(Parser.parse(bytes: Array(text.utf8), name: "x", diagnostics: diagnostics))
    }
    var node = try parsed(text + "\nbranches: [[]]")
    if let parent { node = node.merged(over: try parsed(parent)) }
    for override in overrides { node = Override.apply(override, to: node, diagnostics: diagnostics) }
    var fields = Fields(node, of: "a spec", diagnostics: diagnostics)
    _ = spec(from: &fields)
    fields.finish()
    return (diagnostics.summary, Emitter.flowText(of: fields.resolved["loss"] ?? .null))
  }

  private static let said = "1:16-17 on is now called cost\n  write cost: squares"

  @Test(
    arguments: [
      ("loss: {pairs: {on: squares}}", nil, [], said, "squares"),
      ("loss: {pairs: {cost: squares}}", nil, [], "", "squares"),
      // The younger name counts.
      ("loss: {pairs: {on: squares}}", "loss: {pairs: {cost: hinge}}", [], said, "squares"),
      ("loss: {pairs: {cost: squares}}", "loss: {pairs: {on: hinge}}", [], "", "squares"),
      ("loss: {pairs: {on: hinge}}", nil, ["loss.pairs.cost=squares"], "", "squares"),
      (
        "loss: {pairs: {cost: hinge}}", nil, ["loss.pairs.on=squares"],
        "1:12-13 on is now called cost\n  write cost: squares", "squares"
      ),
      (
        "loss: {pairs: {on: hinge, cost: squares}}", nil, [],
        "1:16-17 on is the former name of cost, which is given too\n  remove it\n  1:27 given here", nil
      ),
      (
        "loss: {pairs: {on: cubes}}", nil, [],
        "1:16-17 on is now called cost\n  write cost: cubes\n1:20-24 cost must be one of hinge, squares, not \"cubes\"\n"
          + "  such as cost: hinge", nil
      ),
      (
        "loss: {pairs: {True: squares}}", nil, [],
        "1:16-19 pairs has no field \"True\"; it has cost\n"
          + "  write cost: squares; programs that read YAML 1.1 take its former name on for True", nil
      ),
      (
        "loss: {pairs: {False: squares}}", nil, [], "1:16-20 pairs has no field \"False\"; it has cost\n  remove it",
        nil
      ),
    ] as [(String, String?, [String], String, String?)])
  func `a field's former name is understood, and its name now is shown`(
    text: String, parent: String?, overrides: [String], messages: String, cost: String?
  ) throws {
    let result = try RenamedFieldTests.read(text, over: parent, overrides: overrides)
    #expect(result.messages == messages)
    #expect(result.resolved == cost.map { "{pairs: {cost: \($0)}}" } ?? "null")
  }

  @Test func `a section may have had another name too`() throws {
    let result = try RenamedFieldTests.read("noise: {dim: 4}")
    #expect(result.messages == "1:1-5 noise is now called latent\n  write latent: {dim: 4}")
  }

  @Test func `descriptions, texts of earlier versions and schemas know both names`() throws {
    let description = RenamedFieldTests.description
    #expect(description.text(width: 100).contains("latent    Noise. (fields; formerly noise)"))
    let diagnostics = Diagnostics()
    let old = Parser.parse(
      bytes: Array("noise: {dim: 4}\nloss: {pairs: {on: hinge}}\nbranches: [[{pairs: {on: hinge}}, pairs]]".utf8),
      name: "x", diagnostics: diagnostics)
    #expect(
      Emitter.flowText(of: description.withCurrentNames(try #require(old)))
        == "{latent: {dim: 4}, loss: {pairs: {cost: hinge}}, branches: [[{pairs: {cost: hinge}}, pairs]]}")
    let schema = JSONSchema.text(of: description, title: "x")
    #expect(!schema.contains("\"noise\"") && !schema.contains("\"on\""))
  }

  @Test(arguments: [
    ("x-a: &a {dim: 4}\nlatent: *a", ""),
    ("x-: 1\nx-b: [&b 2, {c: ~}]", ""),
    (
      "loss: {pairs: {x-a: 1}}", "1:16-18 pairs has no field \"x-a\"; it has cost\n  remove it"
    ),
    ("y: 1", "1:1-1 a spec has no field \"y\"; it has latent, branches and loss\n  remove it"),
    (
      "defaults: [1, {a: &a 3}]",
      "1:1-8 a spec has no field \"defaults\"; it has latent, branches and loss\n"
        + "  call it x-defaults: keys that begin with x- are homes for anchors"
    ),
    (
      "losses: &l {pairs: {}}",
      "1:1-6 a spec has no field \"losses\"; it has latent, branches and loss\n"
        + "  did you mean loss? else call it x-losses: keys that begin with x- are homes for anchors"
    ),
  ]) func `keys that begin with x- are homes for anchors`(text: String, messages: String) throws {
    #expect(try RenamedFieldTests.read(text).messages == messages)
  }

  @Test(arguments: [
    ("two-liner", "there is no loss \"two-liner\": it is pairs and more (Nobody, 2000)\n  write"),
    ("TWO_liner", "there is no loss \"TWO_liner\": it is pairs and more (Nobody, 2000)\n  write"),
    ("oneliner", "there is no loss \"oneliner\": it is pairs (Nobody, 2000)\n  write loss: pairs"),
  ]) func `names of papers are answered with what to write`(name: String, message: String) throws {
    #expect(try RenamedFieldTests.read("loss: \(name)").messages == "1:7-\(6 + name.count) " + message)
    let diagnostics = Diagnostics()
    let node = Parser.parse(bytes: Array("loss: {\(name): {a: 1}}".utf8), name: "x", diagnostics: diagnostics) ?? .null
    var fields = Fields(node, of: "a spec", diagnostics: diagnostics)
    _ = fields.item("loss", of: RenamedFieldTests.losses, "A loss.")
    #expect(diagnostics.summary == "1:8-\(7 + name.count) " + message)
    #expect(diagnostics.all.first?.lines == (name == "oneliner" ? [] : ["loss: pairs", "seed: 1"]))
  }

  @Test(arguments: [
    (
      "latent:",
      "1:1-6 nothing stands behind latent, so that it has its defaults: dim: 3\n  write latent: {dim: 3}, or leave it out"
    ),
    ("latent: null", ""), ("latent: ~", ""), ("latent: {}", ""),
  ]) func `a section with nothing behind it is warned of`(text: String, messages: String) throws {
    #expect(try RenamedFieldTests.read(text).messages == messages)
  }

  @Test(
    arguments: [
      ("latent.dim", "dim"), ("latent", "latent"), ("noise.dim", "dim"), ("loss.pairs", "pairs (loss)"),
      ("loss.pairs.cost", "cost"), ("loss.pairs.on", "cost"), ("branches[0][1].pairs.cost", "cost"),
      ("branches.0.1.pairs", "pairs (loss)"), ("branches[0]", "branches"), ("branches.pairs", "pairs (loss)"),
      ("branches[0].pairs", nil),
      ("latent.dim.x", nil),
      ("latent[0]", nil), ("loss.squares", nil), ("", nil), ("latent..dim", nil), ("latent.dim=", nil),
    ] as [(String, String?)]) func `a path leads to a field or an entry`(path: String, found: String?)
  {
    let name: String? =
      switch RenamedFieldTests.description.lookUp(path) {
      case .field(let field): field.name
      case .entry(let name, let catalog): "\(name) (\(catalog.noun))"
      case nil: nil
      }
    #expect(name == found)
  }

  @Test(arguments: [
    ("a bb ccc", "> ", 22, ["> a bb ccc"]), ("", "x", 80, []),
    ("one two three four five six", "  name  ", 28, ["  name  one two three four", "        five six"]),
    ("\(String(repeating: "w", count: 30)) a", "", 10, [String(repeating: "w", count: 30), "a"]),
    ("字字字字字 字字字字字 a", "", 20, ["字字字字字", "字字字字字 a"]),
  ]) func `words are laid out in lines that fit`(text: String, beginning: String, width: Int, lines: [String]) {
    #expect(Paragraph.lines(text, behind: beginning, width: width) == lines)
  }
}
