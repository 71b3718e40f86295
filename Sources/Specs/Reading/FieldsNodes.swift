// Reads of values whose kind the reader of the fields does not know.
extension Fields {
  /// Reads a list of values of any kind that may be absent or null.
  package mutating func optionalValues(_ key: FieldName, count: ClosedRange<Int>, _ summary: String) -> [Node]? {
    let kind = FieldsDescription.Kind.values(count: count)
    return read(key, kind, default: nil, isOptional: true, summary, node: Node.list) { node throws(Complaint) in
      try Fields.elements(
        of: node, key.name, count: count, kind,
        remedy: node.pairs == nil ? "write [\(Quotation.short(Emitter.flowText(of: node)))]" : nil
      ) { element, _ throws(Complaint) in element }
    }
  }

  /// Reads a mapping with keys of any name that may be absent or null.
  /// - Parameters:
  ///   - noun: what stands behind each key.
  ///   - isOfTexts: whether that must be a text or null.
  package mutating func optionalMapping(
    _ key: FieldName, of noun: String, isOfTexts: Bool = false, _ summary: String
  ) -> Node? {
    let kind = FieldsDescription.Kind.mapping(of: noun)
    return read(key, kind, default: nil, isOptional: true, summary, node: { $0 }) { node throws(Complaint) in
      guard let pairs = node.pairs else { throw Complaint(key.name, mustBe: kind.phrase, not: node, at: node.mark) }
      for pair in pairs where isOfTexts && !pair.value.isNull && pair.value.text == nil {
        throw Complaint(
          "\(key.name).\(pair.key.text ?? "")", mustBe: "a text or null", not: pair.value, at: pair.value.mark)
      }
      return node
    }
  }
}
