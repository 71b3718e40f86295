import Compute
import Foundation
import Networks
import Specs
import TestSupport
import Testing

/// The lines that a spec is told to hold in place of a paper's name.
struct PaperNamesTests {
  /// What their comments ask of the layers.
  private static let layers: [String: String] = [
    "began": "discriminator: [flatten, dense: {units: 32}, dense: {units: 784}]\n",
    "ebgan": "discriminator: [flatten, dense: {units: 32}, dense: {units: 784}]\n",
    "acgan": "discriminator: [flatten, dense: {units: 11}]\n",
    "cgan": "discriminator: [flatten, one_hot, dense: {units: 1}]\n",
    "infogan": "discriminator: [flatten, dense: {units: 13}]\n",
  ]

  @Test(arguments: LossCatalog.all.papers.map(\.names))
  func `they make a spec that is right, without a warning`(names: [String]) throws {
    let paper = try #require(LossCatalog.all.papers.first { $0.names == names })
    let folder = try TemporaryFolder()
    let first = ["cgan", "acgan"].contains(names[0]) ? "one_hot, " : ""
    try folder.put(
      """
      generator: [\(first)dense: {units: 784, activation: tanh}, reshape: {shape: [28, 28, 1]}]
      discriminator: [flatten, dense: {units: 1}]

      """, into: "base.yaml")
    let text =
      "extends: base.yaml\n" + (PaperNamesTests.layers[names[0]] ?? "") + paper.lines.joined(separator: "\n") + "\n"
    try folder.put(text, into: "paper.yaml")
    let result = try Program.run(["check", "--resolved", "paper.yaml"], in: folder.path)
    #expect(result.errors == "")
    #expect(result.status == 0)
    #expect(paper.lines.allSatisfy { $0.count <= 110 })
  }

  @Test func `no name has two meanings`() {
    let names = LossCatalog.all.papers.flatMap(\.names) + LossCatalog.all.names
    for (index, name) in names.enumerated() {
      #expect(!names[..<index].contains { Suggestion.isSpelling(of: $0, name) }, "\(name)")
    }
  }

  @Test(arguments: ["gan", "vanilla", "bce", "binary_crossentropy", "BCEWithLogitsLoss", "logistic", "NSGAN"])
  func `other programs' words for one loss are that loss`(word: String) throws {
    let diagnostics = Diagnostics()
    var fields = Fields(Node.map([("loss", .string(word))]), of: "a spec", diagnostics: diagnostics)
    _ = fields.item("loss", of: LossCatalog.all, "")
    #expect(diagnostics.all.map(\.remedy) == ["did you mean non_saturating?"])
  }
}
