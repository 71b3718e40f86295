// Reads of what is counted or named, such as a column of a table.
extension Fields {
  /// A number, or a name in place of it: `label: 3`, `label: half`.
  package enum IntegerOrName: Sendable, Equatable {
    /// The number.
    case integer(Int)
    /// The name.
    case name(String)
  }

  /// Reads an integer or a name that may be absent or null; a number in quotes is a name.
  package mutating func optionalIntegerOrName(
    _ key: FieldName, in range: ClosedRange<Int>, _ summary: String
  ) -> IntegerOrName? {
    let kind = FieldsDescription.Kind.integerOrName(range)
    return read(key, kind, default: nil, isOptional: true, summary, node: Fields.node) { node throws(Complaint) in
      try Fields.integerOrName(node, key.name, in: range)
    }
  }

  /// Reads a list of integers and names that may be absent or null.
  package mutating func optionalIntegersOrNames(
    _ key: FieldName, count: ClosedRange<Int>, each range: ClosedRange<Int>, _ summary: String
  ) -> [IntegerOrName]? {
    let kind = FieldsDescription.Kind.integersOrNames(count: count, each: range)
    return read(
      key, kind, default: nil, isOptional: true, summary, node: { .list($0.map(Fields.node)) }
    ) { node throws(Complaint) in
      try Fields.elements(
        of: node, key.name, count: count, kind, remedy: node.text.map { "write [\(Quotation.short($0))]" }
      ) { element, place throws(Complaint) in try Fields.integerOrName(element, place, in: range) }
    }
  }

  private static func integerOrName(
    _ node: Node, _ subject: String, in range: ClosedRange<Int>
  ) throws(Complaint) -> IntegerOrName {
    guard case .scalar(let text, let plain) = node.content, !text.isEmpty else {
      let kind = FieldsDescription.Kind.integerOrName(range)
      throw Complaint(subject, mustBe: kind.phrase, not: node, at: node.mark)
    }
    if plain, CoreSchema.integer(text) != .notInteger {
      return .integer(try ScalarReading.integer(node, subject, in: range))
    }
    return .name(text)
  }

  private static func node(_ value: IntegerOrName) -> Node {
    switch value {
    case .integer(let number): .integer(number)
    case .name(let text): .string(text)
    }
  }
}
