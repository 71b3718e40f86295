// Reads of entries of a catalogue, written `name` or `name: {fields}`.
extension Fields {
  /// Reads one entry; without a default it must be given.
  ///
  /// `nil` only after an error was reported, or while describing.
  package mutating func item<Item>(
    _ key: FieldName, of catalog: Catalog<Item>, default standard: String? = nil, _ summary: String
  ) -> Item? {
    item(key, of: catalog, default: standard, isOptional: false, summary)
  }

  /// Reads one entry that may be absent or null.
  package mutating func optionalItem<Item>(_ key: FieldName, of catalog: Catalog<Item>, _ summary: String)
    -> Item?
  {
    item(key, of: catalog, default: nil, isOptional: true, summary)
  }

  /// A number, or an entry of a catalogue.
  package enum NumberOrItem<Item> {
    /// The number.
    case number(Double)
    /// The entry.
    case item(Item)
  }

  /// Reads a number or one entry: `learning_rate: 2e-4`, `learning_rate: {cosine_decay: {decay_steps: 1000}}`.
  package mutating func numberOrItem<Item>(
    _ key: FieldName, in range: NumberRange, of catalog: Catalog<Item>, default standard: Double, _ summary: String
  ) -> NumberOrItem<Item> {
    let field = FieldsDescription.Field(
      key, kind: .numberOrItem(range, catalog.description), isRequired: false, default: Node.number(standard),
      summary: summary)
    if mode == .reading, let pair = pair(key.name), isEntry(pair.value, of: catalog) {
      record(field)
      return read(pair.value, of: catalog, under: key.name).map { .item($0) } ?? .number(standard)
    }
    record(field)
    return .number(number(key, in: range, default: standard, summary))
  }

  /// Whether a value is more likely meant as an entry than as a number.
  private func isEntry<Item>(_ node: Node, of catalog: Catalog<Item>) -> Bool {
    node.pairs != nil || node.text.map { catalog.entry(named: $0) != nil } ?? false
  }

  private mutating func item<Item>(
    _ key: FieldName, of catalog: Catalog<Item>, default standard: String?, isOptional: Bool, _ summary: String
  ) -> Item? {
    let field = FieldsDescription.Field(
      key, kind: .item(catalog.description), isRequired: standard == nil && !isOptional,
      default: standard.map(Node.string) ?? (isOptional ? .null : nil), summary: summary)
    record(field)
    guard mode == .reading else { return nil }
    let pair = pair(key.name)
    guard let pair, !field.isLeftOut(by: pair.value) else {
      if isOptional { resolve(key.name, .null) }
      if field.isRequired { missing.append(field) }
      guard let standard else { return nil }
      return read(Node.string(standard).at(mark), of: catalog, under: key.name)
    }
    guard !pair.value.isNull else {
      diagnostics.report(field.needsValue(insteadOf: pair))
      return nil
    }
    return read(pair.value, of: catalog, under: key.name)
  }

  private mutating func read<Item>(_ node: Node, of catalog: Catalog<Item>, under key: String) -> Item? {
    var reader = ItemReader(catalog: catalog, place: .field(key), path: path(of: key), diagnostics: diagnostics)
    guard let item = reader.read(node) else { return nil }
    resolve(key, item.resolved)
    return item.value.value
  }

  /// Reads a list of entries.
  ///
  /// Those with mistakes are reported and left out; then `isComplete` is false.
  ///
  /// A list that has a default, or that may have no entries, may be absent.
  ///
  /// - Parameters:
  ///   - standard: the names of the entries of a list that is absent.
  ///   - example: a list that fits what surrounds it, in YAML, for remedies.
  package mutating func items<Item>(
    _ key: FieldName, of catalog: Catalog<Item>, count: ClosedRange<Int>, default standard: [String]? = nil,
    example: String? = nil, _ summary: String
  ) -> [Marked<Item>] {
    let kind = FieldsDescription.Kind.items(catalog.description, count: count)
    let isRequired = count.lowerBound > 0 && standard == nil
    let absent = standard ?? []
    let field = FieldsDescription.Field(
      key, kind: kind, isRequired: isRequired, default: isRequired ? nil : .list(absent.map(Node.string)),
      summary: summary, shown: example)
    record(field)
    guard mode == .reading else { return [] }
    guard let pair = pair(key.name), !field.isLeftOut(by: pair.value) else {
      guard !isRequired else {
        missing.append(field)
        return []
      }
      let (items, resolved) = read(absent.map { Node.string($0).at(mark) }, of: catalog, path(of: key.name))
      resolve(key.name, resolved)
      return items
    }
    guard !pair.value.isNull else {
      diagnostics.report(field.needsValue(insteadOf: pair))
      return []
    }
    guard let elements = pair.value.elements else {
      let remedy = listRemedy(inPlaceOf: pair.value, of: catalog) ?? field.example.map { "write \($0)" }
      diagnostics.error(
        "\(key.name) must be \(kind.phrase), not \(Quotation.of(pair.value))", at: pair.value.mark, remedy: remedy)
      return []
    }
    guard count.contains(elements.count) else {
      diagnostics.error(
        "\(key.name) must be \(kind.phrase), not of \(elements.count)", at: pair.key.mark,
        remedy: elements.isEmpty ? field.example.map { "write \($0)" } : "the most is \(count.upperBound)")
      return []
    }
    let (items, resolved) = read(elements, of: catalog, path(of: key.name))
    resolve(key.name, resolved)
    return items
  }

  /// How to make a list of something else that begins like an entry.
  private func listRemedy<Item>(inPlaceOf node: Node, of catalog: Catalog<Item>) -> String? {
    let key = node.pairs?.first?.key.text
    if let entry = (node.text ?? key).flatMap(MissingSpace.entry) {
      return "write \(Quotation.short(entry)), with a space behind the dash"
    }
    if let key { return "begin each \(catalog.noun) with a dash: - \(Quotation.short(key))" }
    return node.text.flatMap { catalog.entry(named: $0) }.map { "write [\($0.name)]" }
  }

  /// Reads a list of lists of entries, such as the branches of a layer; those within may have no entries.
  ///
  /// - Parameters:
  ///   - part: what one of the lists is called in messages.
  ///   - example: a list that fits, in YAML, for remedies.
  package mutating func itemLists<Item>(
    _ key: FieldName, of catalog: Catalog<Item>, count: ClosedRange<Int>, part: String, example: String,
    _ summary: String
  ) -> [[Marked<Item>]] {
    let kind = FieldsDescription.Kind.itemLists(catalog.description, count: count)
    let field = FieldsDescription.Field(
      key, kind: kind, isRequired: true, default: nil, summary: summary, shown: example)
    record(field)
    guard mode == .reading else { return [] }
    guard let pair = pair(key.name) else {
      missing.append(field)
      return []
    }
    guard !pair.value.isNull else {
      diagnostics.report(field.needsValue(insteadOf: pair))
      return []
    }
    guard let lists = pair.value.elements, count.contains(lists.count) else {
      let found = pair.value.elements.map { "of \($0.count)" } ?? Quotation.of(pair.value)
      diagnostics.error(
        "\(key.name) must be \(kind.phrase), not \(found)", at: pair.value.mark,
        remedy: field.example.map { "write \($0)" })
      return []
    }
    var items: [[Marked<Item>]] = []
    var resolved: [Node] = []
    for (number, list) in lists.enumerated() where !diagnostics.isFull {
      guard let elements = list.elements else {
        let text = list.isNull ? "" : Emitter.flowText(of: list)
        let entry = list.pairs == nil ? text : String(text.dropFirst().dropLast())
        diagnostics.error(
          "a \(part) is a list of \(catalog.noun)s, not \(Quotation.of(list))", at: list.mark,
          remedy: entry.utf8.count <= 60 ? "write - [\(entry)]" : "put its \(catalog.noun)s into a list of their own")
        continue
      }
      let (inner, node) = read(elements, of: catalog, "\(path(of: key.name))[\(number)]")
      items.append(inner)
      resolved.append(node)
    }
    resolve(key.name, .list(resolved))
    return items
  }

  /// The entries of a list, those with mistakes left out, and their resolved form.
  private func read<Item>(
    _ elements: [Node], of catalog: Catalog<Item>, _ path: String
  ) -> (items: [Marked<Item>], resolved: Node) {
    var items: [Marked<Item>] = []
    var resolved: [Node] = []
    for (number, element) in elements.enumerated() where !diagnostics.isFull {
      var reader = ItemReader(
        catalog: catalog, place: .list, path: "\(path)[\(number)]", diagnostics: diagnostics)
      guard let item = reader.read(element) else { continue }
      items.append(item.value)
      resolved.append(item.resolved)
    }
    return (items, .list(resolved))
  }
}
