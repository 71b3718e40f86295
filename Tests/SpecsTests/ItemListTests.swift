import Foundation
import Specs
import Testing

@Suite("Lists of lists of entries")
struct ItemListTests {
  /// An entry that may hold lists of entries.
  indirect enum Entry: Sendable {
    case plain(Int)
    case branches([[Entry]])

    var text: String {
      switch self {
      case .plain(let size): "\(size)"
      case .branches(let lists): "(" + lists.map { $0.map(\.text).joined(separator: " ") }.joined(separator: "|") + ")"
      }
    }
  }

  static let entries: Catalog<Entry> = Catalog(
    noun: "layer",
    [
      .init(name: "plain", summary: "A size.") { .plain($0.integer("size", in: 1...9, default: 1, "A size.")) },
      .init(name: "split", summary: "Branches.") { fields in
        let lists = fields.itemLists(
          "branches", of: entries, count: 2...3, part: "branch", example: "[[plain], []]", "Lists of layers.")
        return .branches(lists.map { $0.map(\.value) })
      },
    ])

  private func read(_ text: String) -> (text: String, messages: String, resolved: Node) {
    let diagnostics = Diagnostics()
    let node = Parser.parse(bytes: Array(text.utf8), name: "x.yaml", diagnostics: diagnostics) ?? .null
    var fields = Fields(node, of: "x", diagnostics: diagnostics)
    let items = fields.items("layers", of: ItemListTests.entries, count: 1...9, "Layers.")
    fields.finish()
    return (
      items.map(\.value.text).joined(separator: " "), DiagnosticRenderer(color: false).render(diagnostics),
      fields.resolved
    )
  }

  @Test("are read with their defaults, however deep") func reading() {
    let found = read("layers: [plain: {size: 2}, split: {branches: [[plain, split: {branches: [[], [plain]]}], []]}]\n")
    #expect(found.messages == "")
    #expect(found.text == "2 (1 (|1)|)")
    let again = read(Emitter.text(of: found.resolved))
    #expect(again.messages == "")
    #expect(again.text == found.text)
    #expect(Emitter.text(of: again.resolved) == Emitter.text(of: found.resolved))
  }

  @Test(
    "keep the places of mistakes",
    arguments: [
      ("[[plain: {size: 12}], []]", "1:47: error: size must be an integer between 1 and 9, not 12"),
      ("[[plain], [split: {branches: [[], [plan]]}]]", "1:66: error: there is no layer \"plan\""),
      ("[[plain], plain]", "1:41: error: a branch is a list of layers, not \"plain\""),
      ("[[plain], {plain: {size: 2}}]", "1:41: error: a branch is a list of layers, not a mapping"),
      ("[[plain]]", "1:31: error: branches must be a list of 2 to 3 lists of layers, not of 1"),
      ("plain", "1:31: error: branches must be a list of 2 to 3 lists of layers, not \"plain\""),
      ("", "1:21: error: branches has no value"),
    ])
  func mistakes(branches: String, message: String) {
    let found = read("layers: [split: {   branches: \(branches)}]\n")
    #expect(found.messages.hasPrefix("x.yaml:\(message)"), "\(found.messages)")
  }

  @Test("have a schema that refers to itself") func schema() throws {
    var fields = Fields.describing(subject: "x")
    _ = fields.items("layers", of: ItemListTests.entries, count: 1...9, "Layers.")
    let text = JSONSchema.text(of: fields.description, title: "x")
    let json = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let definitions = try #require(json["definitions"] as? [String: Any])
    #expect(definitions.keys.sorted() == ["layer"])
    let type =
      ##""type":"array","items":{"type":"array","items":{"$ref":"#/definitions/layer"}},"minItems":2,"maxItems":3"##
    #expect(text.filter { !$0.isWhitespace }.contains(type))
    #expect(
      ItemListTests.entries.describe("split")?.text
        == "  branches  Lists of layers. (a list of 2 to 3 lists of layers; required)")
  }
}
