import Datasets
import Evaluation
import Foundation
import Networks
import Specs
import Sweeps
import Testing
import Training

/// What is added to a catalogue, to the streams or to the operations has its place in the written pages.
@Suite struct EntriesTests {
  @Test(
    arguments: [
      (
        "definitions.md",
        SpecPage.catalogs.filter { !$0.formulas.contains("#") }.flatMap { $0.description.entries.map(\.name) }
      ),
      ("health.md", SymptomCatalog.all.names),
      ("evaluation.md", MetricCatalog.all.names + FeatureCatalog.all.names),
      ("data.md", DatasetCatalog.all.names),
      ("guide.md", ScheduleCatalog.all.names),
      (
        "sweeps.md",
        SweepFields.names
      ),
    ])
  func `a page names every entry`(page: String, names: [String]) throws {
    let text = try Page.text("Documentation/\(page)")
    #expect(names.filter { !text.contains("`\($0)`") } == [], "say what they are in \(page)")
  }

  /// The texts of the sources under a folder, by their paths in it.
  private func sources(_ folder: String) throws -> [String: String] {
    let root = Page.repository.appending(path: folder)
    let files = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    let texts = try files.filter { $0.hasSuffix(".swift") }.map {
      ($0, try String(contentsOf: root.appending(path: $0), encoding: .utf8))
    }
    return Dictionary(uniqueKeysWithValues: texts)
  }

  @Test func `randomness.md has every stream of the data`() throws {
    let page = try Page.text("Documentation/randomness.md")
    let literals = try sources("Sources").values.flatMap { text in
      text.matches(of: #/stream: "(data/[^"]+)"/#).map { String($0.1) }
    }
    #expect(literals.count >= 4)
    let mixtures = try DatasetCatalog.all.names.filter { name in
      var fields = Fields.describing(subject: name)
      return try #require(DatasetCatalog.all.entry(named: name)).read(&fields) is any GaussianMixture
    }
    let streams = literals.flatMap { literal in
      literal.contains(#"\(Self.name)"#) ? mixtures.map { literal.replacing(#"\(Self.name)"#, with: $0) } : [literal]
    }
    #expect(streams.filter { !page.contains("`\($0)`") } == [], "say in randomness.md what is drawn from them")
  }

  @Test func `architecture.md has every operation of a Tensor and of a graph`() throws {
    let page = try Page.text("Documentation/architecture.md")
    let names = try sources("Sources/Compute").values.flatMap { text in
      text.matches(of: #/(?ms)^extension (?:Tensor|GraphBuilder) \{$.*?^\}$/#).flatMap { block in
        block.0.matches(of: #/(?m)^  package func (\w+)\(/#).map { String($0.1) }
      }
    }
    #expect(names.count > 60)
    #expect(Set(names).filter { !page.contains("\($0)(") }.sorted() == [], "add them to the table of operations")
  }
}

/// The fields of the section `sweep`.
private enum SweepFields {
  static let names: [String] = {
    guard case .group(let inner)? = Sweep.description.fields.first?.kind else { return [] }
    return MethodCatalog.all.names + inner.fields.map(\.name)
  }()
}
