import Specs
import Testing
import Training

/// What other programs call the entries and fields of specs.
@Suite struct OtherProgramsTests {
  /// Names among which a word is looked for: the fields of a section or entry, or the entries of a catalogue.
  private struct Scope: CustomStringConvertible {
    let description: String
    let names: [(name: String, alsoCalled: [String])]

    init(_ description: String, _ named: [some Named]) {
      self.description = description
      names = named.map { ($0.name, $0.alsoCalled) }
    }
  }

  private static let scopes: [Scope] = {
    var scopes: [Scope] = []
    var seen: Set<String> = []
    func add(_ description: FieldsDescription, of owner: String) {
      scopes.append(Scope(owner, description.fields))
      for field in description.fields {
        switch field.kind {
        case .group(let inner): add(inner, of: "\(owner).\(field.name)")
        case .item(let catalog), .items(let catalog, _), .itemLists(let catalog, _), .numberOrItem(_, let catalog):
          guard seen.insert(catalog.noun).inserted else { continue }
          scopes.append(Scope(catalog.noun, catalog.entries))
          for entry in catalog.entries {
            catalog.fields(entry.name).map { add($0, of: "\(catalog.noun) \(entry.name)") }
          }
        default: break
        }
      }
    }
    for task in TaskCatalog.all { add(Experiment.description(of: task), of: task.keys[0]) }
    return scopes
  }()

  @Test func `a word stands for one name at most wherever it is looked for`() {
    for scope in OtherProgramsTests.scopes {
      let words = scope.names.flatMap(\.alsoCalled)
      #expect(words.filter { word in words.count { $0 == word } > 1 } == [], "\(scope)")
      #expect(words.filter { $0 != $0.lowercased() } == [], "\(scope): words are compared in lower case")
    }
    #expect(OtherProgramsTests.scopes.count > 100)
  }

  @Test func `only linear is an entry here and another one elsewhere`() {
    let doubtful = OtherProgramsTests.scopes.flatMap { scope in
      let names = Set(scope.names.map(\.name))
      return scope.names.flatMap { name in name.alsoCalled.filter(names.contains).map { "\(scope): \(name.name) \($0)" }
      }
    }
    #expect(doubtful == ["layer: dense linear"])
  }
}
