import Networks
import Specs
import Testing

/// Items of catalogues from the text that a spec would hold.
enum SpecItem {
  /// The entry of a catalogue, `adam: {beta_1: 0.5}`.
  static func read<Item>(_ text: String, of catalog: Catalog<Item>) throws -> Item {
    let diagnostics = Diagnostics()
    let node = try #require(
      Parser.parse(bytes: Array("item: {\(text)}".utf8), name: "test", diagnostics: diagnostics))
    var fields = Fields(node, of: "test", diagnostics: diagnostics)
    let item = fields.item("item", of: catalog, "what is tested")
    fields.finish()
    #expect(diagnostics.all.map(\.message) == [])
    return try #require(item)
  }

  /// A list of layers.
  static func layers(_ texts: [String]) throws -> [Marked<any Layer>] {
    let diagnostics = Diagnostics()
    let text = "layers:\n" + texts.map { "  - \($0)\n" }.joined()
    let node = try #require(Parser.parse(bytes: Array(text.utf8), name: "test", diagnostics: diagnostics))
    var fields = Fields(node, of: "test", diagnostics: diagnostics)
    let layers = fields.items("layers", of: LayerCatalog.all, count: 1...100, "what is tested")
    fields.finish()
    #expect(diagnostics.all.map(\.message) == [])
    return layers
  }
}
