// What a resolved mapping or entry says beyond its defaults, in one line for people.
extension FieldsDescription {
  /// The fields of a mapping with their values: those that are not the defaults, and those named in `always`.
  ///
  /// An example: `learning_rate 0.0002, beta_1 0.5`.
  package func settings(of node: Node, always: Set<String> = []) -> String {
    fields.compactMap { field in
      guard let value = node[field.name] else { return nil }
      let isDefault = field.default.map { $0.isEquivalent(to: value) } ?? false
      if value.isNull || isDefault && !always.contains(field.name) { return nil }
      let text = field.kind.settings(of: value, always: always)
      return text.isEmpty ? nil : "\(field.name) \(text)"
    }.joined(separator: ", ")
  }
}

extension FieldsDescription.Kind {
  fileprivate func settings(of node: Node, always: Set<String>) -> String {
    switch self {
    case .group(let inner):
      let text = inner.settings(of: node, always: always)
      return text.isEmpty ? "" : "(\(text))"
    case .numberOrItem(let range, _) where node.text != nil:
      return FieldsDescription.Kind.number(range).settings(of: node, always: always)
    case .item(let catalog), .numberOrItem(_, let catalog):
      return catalog.settings(of: node, always: always)
    case .items(let catalog, _):
      return (node.elements ?? []).map { catalog.settings(of: $0, always: always) }.joined(separator: ", ")
    case .number:
      return node.text.flatMap(CoreSchema.number).map(NumberRange.text) ?? Emitter.flowText(of: node)
    default: return Emitter.flowText(of: node)
    }
  }
}

extension CatalogDescription {
  /// An entry by its name, with the fields that are not their defaults and those named in `always` in parentheses.
  ///
  /// An example: `adam (learning_rate 0.0002, beta_1 0.5)`.
  package func settings(of node: Node, always: Set<String> = []) -> String {
    guard let pairs = node.pairs else { return Emitter.flowText(of: node) }
    return pairs.map { pair in
      let name = pair.key.text ?? ""
      let text = fields(name)?.settings(of: pair.value, always: always) ?? ""
      return text.isEmpty ? name : "\(name) (\(text))"
    }.joined(separator: ", ")
  }
}

extension Node: Encodable {
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Writes the value as the core schema of YAML reads it: numbers as numbers, words as texts.
  package func encode(to encoder: any Encoder) throws {
    switch content {
    case .mapping(let pairs):
      var container = encoder.container(keyedBy: Key.self)
      for pair in pairs { try container.encode(pair.value, forKey: Key(stringValue: pair.key.text ?? "")) }
    case .sequence(let elements):
      var container = encoder.unkeyedContainer()
      for element in elements { try container.encode(element) }
    case .null:
      var container = encoder.singleValueContainer()
      try container.encodeNil()
    case .scalar(let text, let plain):
      var container = encoder.singleValueContainer()
      if plain, let boolean = CoreSchema.boolean(text) {
        try container.encode(boolean)
      } else if plain, case .value(let integer) = CoreSchema.integer(text) {
        try container.encode(integer)
      } else if plain, let number = CoreSchema.number(text), number.isFinite {
        try container.encode(number)
      } else {
        try container.encode(text)
      }
    }
  }
}
