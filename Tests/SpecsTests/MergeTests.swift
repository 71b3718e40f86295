import Specs
import Testing

@Suite("Merging and overriding")
struct MergeTests {
  private func parsed(_ text: String) throws -> Node {
    let diagnostics = Diagnostics()
    return try #require(
      Parser.parse(bytes: Array(text.utf8), name: "x", diagnostics: diagnostics), "\(diagnostics.summary)")
  }

  static let merges: [(child: String, parent: String, expected: String)] = [
    ("a: 1", "b: 2", "{a: 1, b: 2}"),
    ("a: {x: 1}", "a: {x: 2, z: 3}", "{a: {x: 1, z: 3}}"),
    ("a: [1]", "a: [2, 3]", "{a: [1]}"),
    ("a: 1", "a: {x: 2}", "{a: 1}"),
    ("a: {x: 2}", "a: 1", "{a: {x: 2}}"),
    ("a: ~", "a: {x: 2}", "{a: null}"),
    ("[1]", "a: 1", "[1]"),
    ("a: 1", "[1]", "{a: 1}"),
  ]

  @Test("joins mappings and replaces everything else", arguments: merges)
  func merge(child: String, parent: String, expected: String) throws {
    #expect(Emitter.flowText(of: try parsed(child).merged(over: try parsed(parent))) == expected)
  }

  static let items: [(child: String, parent: String, loss: String)] = [
    (
      "loss: {hinge: {margin: 2}}", "loss: {non_saturating: {label_smoothing: 0.1}}", "{hinge: {margin: 2.0}}"
    ),
    ("loss: hinge", "loss: {hinge: {margin: 3}}", "{hinge: {margin: 1.0}}"),
    ("loss: {hinge: {margin: 2}}", "loss: non_saturating", "{hinge: {margin: 2.0}}"),
    ("loss: {hinge: {}}", "loss: {hinge: {margin: 3}}", "{hinge: {margin: 3.0}}"),
    ("seed: 1", "loss: {hinge: {margin: 3}}", "{hinge: {margin: 3.0}}"),
  ]

  @Test("replaces an entry of a catalogue by another", arguments: items)
  func replaceItem(child: String, parent: String, loss: String) throws {
    let base = "name: x\ngenerator: [flatten]\noptimizers: {discriminator: sgd}\n"
    let diagnostics = Diagnostics()
    let grandparent = try parsed(base + "loss: {non_saturating: {}}")
    let merged = try parsed(child).merged(over: try parsed(parent).merged(over: grandparent))
    let (_, resolved) = SampleSpec.read(merged, diagnostics)
    #expect(diagnostics.summary == "")
    #expect(resolved["loss"].map(Emitter.flowText) == loss)
  }

  static let overrides: [([String], String)] = [
    (["a=5"], "{a: 5, g: [d, {e: {u: 1}}], l: m}"),
    (["g[1].e.u=128"], "{a: 1, g: [d, {e: {u: 128}}], l: m}"),
    (["g[0].d.u=128"], "{a: 1, g: [{d: {u: 128}}, {e: {u: 1}}], l: m}"),
    (["g[0]={x: [1, 'b c']}"], "{a: 1, g: [{x: [1, b c]}, {e: {u: 1}}], l: m}"),
    (["l.m.s=0.1", "l.m.t=2"], "{a: 1, g: [d, {e: {u: 1}}], l: {m: {s: 0.1, t: 2}}}"),
    (["new.er.key=x=z"], "{a: 1, g: [d, {e: {u: 1}}], l: m, new: {er: {key: \"x=z\"}}}"),
    (["g=[]", "a="], "{a: null, g: [], l: m}"),
    (["a=  5 # five"], "{a: 5, g: [d, {e: {u: 1}}], l: m}"),
  ]

  @Test("sets values by their path", arguments: overrides)
  func override(arguments: [String], expected: String) throws {
    let diagnostics = Diagnostics()
    var node = try parsed("a: 1\ng: [d, e: {u: 1}]\nl: m\n")
    for argument in arguments { node = Override.apply(argument, to: node, diagnostics: diagnostics) }
    #expect(diagnostics.summary == "")
    #expect(Emitter.flowText(of: node) == expected)
  }

  @Test("lets an override choose another entry of a catalogue")
  func overrideItem() {
    let text =
      "name: x\ngenerator: [dense]\noptimizers: {discriminator: {sgd: {momentum: 0.5}}}\nloss: non_saturating\n"
    let overrides = [
      "generator[0].dense.units=128", "optimizers.discriminator.adam.beta_1=0.5", "loss.hinge.margin=2",
    ]
    let (spec, messages, resolved) = SampleSpec.read(text, overrides: overrides)
    #expect(messages == "")
    #expect(spec?.layers.first?.value.units == 128)
    #expect(
      resolved?["optimizers"]?["discriminator"].map(Emitter.flowText)
        == "{adam: {learning_rate: 0.001, beta_1: 0.5}}")
    #expect(resolved?["loss"].map(Emitter.flowText) == "{hinge: {margin: 2.0}}")
  }
}
