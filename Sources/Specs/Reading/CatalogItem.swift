/// A kind of what a catalogue names, such as one layer: all that specs need to know of it.
package protocol CatalogItem: Sendable {
  /// Its name in a spec.
  static var name: String { get }
  /// What it is, in one sentence.
  static var summary: String { get }
  /// What other programs call it, in lower case.
  static var alsoCalled: [String] { get }
  /// Reads its fields, each once.
  init(from fields: inout Fields)
}

extension CatalogItem {
  package static var alsoCalled: [String] { [] }
}

extension Catalog.Entry {
  /// The entry of a kind.
  /// - Parameter read: makes the item; often the kind's own initializer.
  package init<Kind: CatalogItem>(_ kind: Kind.Type, read: @escaping @Sendable (inout Fields) -> Item) {
    self.init(name: kind.name, summary: kind.summary, alsoCalled: kind.alsoCalled, read: read)
  }
}
