import Files

/// A run as `list` knows it: which facts of a `FactTable` are known of it, so that only those that are asked for are unpacked.
package struct ListedRun: Sendable {
  /// The run's folder.
  package let path: String
  /// Pairs of names' numbers and values' places.
  let content: PackedReader

  init(_ path: String, _ content: PackedReader) { (self.path, self.content) = (path, content) }

  /// What is known of it under the number of a name.
  func fact(_ number: UInt32, in table: FactTable) -> Fact? {
    content.number(of: number).flatMap { table.value(at: $0) }.flatMap(Fact.init)
  }
}
