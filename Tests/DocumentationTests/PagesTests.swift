import Compute
import Foundation
import Networks
import Specs
import TestSupport
import Testing
import Training

/// Pages that are made are what makes them says.
@Suite struct PagesTests {
  @Test func `spec.md is what describe knows`() throws {
    try Page.expect("Documentation/spec.md", toBe: SpecPage().text)
  }

  @Test func `describe knows the papers that the sources cite`() throws {
    try Page.expect("Sources/Training/Specification/Citations.swift", toBe: CitationsSource().text)
    #expect(Citations.byName["adam"]?.first?.contains("Kingma and Ba") ?? false)
  }

  @Test func `cli.md is what help and the exit statuses say`() throws {
    try Page.expect("Documentation/cli.md", toBe: CommandPage().text)
  }

  @Test func `cli.md has every variable of the environment that the sources read`() throws {
    let folder = Page.repository.appending(path: "Sources")
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects ?? []
    let texts = try files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
      .map { try String(contentsOf: $0, encoding: .utf8) }
    // In the files that ask for them, by their form: some give it a name that is written elsewhere there.
    let readers = texts.filter { $0.contains("getenv(") || $0.contains("Terminal.value(") }
    let read = readers.flatMap { $0.matches(of: #/"([A-Z][A-Z0-9_]+)"/#).map { $0.1 } }
    let shown = CommandPage.environment.matches(of: #/(?m)^\| `(\w+)` \|/#).map { $0.1 }
    #expect(read.count > 5 && Set(read) == Set(shown))
  }

  @Test func `columns.md has every column`() throws {
    let page = ColumnsPage().text
    try Page.expect("Documentation/columns.md", toBe: page)
    #expect(Column.all.filter { !page.contains("\n| `\($0.name)` |") }.map(\.name) == [])
  }

  /// A snippet follows a link to its file in `Recipes`.
  @Test func `architecture.md shows the recipes that are compiled`() throws {
    let page = try Page.text("Documentation/architecture.md")
    let folder = "Tests/DocumentationTests/Recipes"
    var shown: [String] = []
    let snippet = #/(?s)(\.\./Tests\/DocumentationTests\/Recipes\/(\w+\.swift)\)[^`]*```swift\n).*?(```\n)/#
    let wanted = try page.replacing(snippet) { match in
      shown.append(String(match.2))
      return try "\(match.1)\(Page.text("\(folder)/\(match.2)"))\(match.3)"
    }
    try Page.expect("Documentation/architecture.md", toBe: wanted)
    let files = try FileManager.default.contentsOfDirectory(atPath: Page.repository.appending(path: folder).path)
    #expect(shown.sorted() == files.sorted())
  }

  @Test func `spec.md has every name that describe lists`() throws {
    let overview = try Program.run(["describe"], environment: ["COLUMNS": "200"]).output
    let page = try SpecPage().text
    let names = Set(overview.matches(of: #/(?m)^ {2,8}([a-z0-9_]+)  /#).map { String($0.1) })
    #expect(names.count > 100)
    let missing = names.filter { name in
      !page.contains("\n### \(name)\n") && !page.contains("`\(name)` |") && !page.contains(".\(name)` |")
    }
    #expect(missing == [])
  }

  @Test func `summaries of fields are in one style: they begin small and have no stop`() {
    func summaries(_ fields: FieldsDescription) -> [String] {
      fields.fields.flatMap { field -> [String] in
        if case .group(let inner) = field.kind { [field.summary] + summaries(inner) } else { [field.summary] }
      }
    }
    let entries = SpecPage.catalogs.map(\.description).flatMap { catalog in
      catalog.entries.compactMap { catalog.fields($0.name) }
    }
    let all = (TaskCatalog.all.map { Experiment.description(of: $0) } + entries).flatMap(summaries)
    #expect(all.count > 200)
    #expect(all.filter { $0.hasSuffix(".") || $0.contains(#/^(?!Nesterov)[A-Z][a-z]/#) } == [])
  }

  @Test func `what takes an activation leads to the activations`() throws {
    let page = try Page.text("Documentation/spec.md")
    #expect(page.contains("[an activation](#activations)"))
    #expect(!page.contains("[an activation](#layers)"))
  }

  @Test func `every example of spec.md has its values`() throws {
    let examples = Page.blocks("yaml", in: try SpecPage().text)
    #expect(examples.count > 90)
    #expect(
      examples.filter { $0.text.contains("?") }.map(\.text) == [], "give the field a value in Exemplar.values")
  }
}
