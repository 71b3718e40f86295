import Files

/// A run as `list` knows it: facts, packed as the index keeps them, so that only those that are asked for are unpacked.
package struct ListedRun: Sendable {
  /// The run's folder.
  package let path: String
  private let content: PackedReader

  init(_ path: String, _ content: PackedReader) { (self.path, self.content) = (path, content) }

  /// What is known of it under the number of a name.
  func fact(_ number: UInt32) -> Fact? { content.part(of: number).flatMap(Fact.init) }

  /// The facts of a run with the numbers of their names.
  static func packed(_ facts: RunFacts, _ numbers: inout FactNumbers) -> [UInt8] {
    var writer = PackedWriter()
    for (name, fact) in facts.all {
      writer.add(numbers.number(of: name))
      writer.add(part: fact.packed)
    }
    return writer.bytes
  }
}
