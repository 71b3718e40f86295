import Foundation
import Networks
import Specs
import Testing

/// Whether everything that a file defines can be named in a spec.
@Suite struct CatalogueTests {
  struct Folder: Sendable, CustomTestStringConvertible {
    let name: String
    let names: [String]
    let catalogue: String
    var testDescription: String { name }
  }

  static let folders = [
    Folder(name: "Layers", names: LayerCatalog.all.names, catalogue: "LayerCatalog"),
    Folder(name: "Losses", names: LossCatalog.all.names, catalogue: "LossCatalog"),
    Folder(name: "Regularizers", names: RegularizerCatalog.all.names, catalogue: "RegularizerCatalog"),
    Folder(name: "Schedules", names: ScheduleCatalog.all.names, catalogue: "ScheduleCatalog"),
    Folder(name: "Optimizers", names: OptimizerCatalog.all.names, catalogue: "OptimizerCatalog"),
    Folder(name: "Initializers", names: InitializerCatalog.all.names, catalogue: "InitializerCatalog"),
  ]

  /// A struct that conforms to one of the catalogues' protocols.
  private struct Definition {
    let file: String
    let type: String
    let kind: String
    let name: String?
  }

  private func definitions(_ folder: String) throws -> [Definition] {
    let place = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Networks/\(folder)").standardizedFileURL
    let files = try FileManager.default.contentsOfDirectory(at: place, includingPropertiesForKeys: nil)
    return try files.filter { $0.pathExtension == "swift" }.flatMap { file in
      let text = try String(contentsOf: file, encoding: .utf8)
      // What is more than a Sendable value conforms to one of the catalogues' protocols, or to one that refines it.
      return text.matches(of: /package struct (\w+): (?!Sendable)(\w+)/).map { match in
        let body = text[match.range.upperBound...].prefix { $0 != "}" }
        let name = body.firstMatch(of: /static let name = "(\w+)"/).map { String($0.1) }
        return Definition(
          file: file.lastPathComponent, type: String(match.1), kind: String(match.2), name: name)
      }
    }
  }

  @Test(arguments: folders) func `every type of a folder is in its catalogue`(folder: Folder) throws {
    let found = try definitions(folder.name)
    #expect(!found.isEmpty)
    for definition in found {
      let name = try #require(definition.name, "\(definition.file): \(definition.type) has no name")
      #expect(
        folder.names.contains(name), "\(definition.file): add \(definition.type) to \(folder.catalogue)")
      if definition.kind == "Activation" {
        #expect(
          ActivationCatalog.all.names.contains(name),
          "\(definition.file): add \(definition.type) to ActivationCatalog")
      }
    }
    #expect(found.count == folder.names.count)
    #expect(Set(folder.names).count == folder.names.count)
  }

  @Test func `every activation is a layer too`() {
    #expect(Set(ActivationCatalog.all.names).isSubset(of: LayerCatalog.all.names))
    #expect(LayerCatalog.all.names == LayerCatalog.types.map { $0.name })
  }

  @Test(arguments: LayerCatalog.types.map { $0.name })
  func `an example is written under the layer's own name`(name: String) throws {
    let layer = try #require(LayerCatalog.types.first { $0.name == name })
    let value = try SpecItem.layers([layer.example.text])[0].value
    #expect(Swift.type(of: value).name == name)
    #expect(!layer.summary.isEmpty)
  }
}
