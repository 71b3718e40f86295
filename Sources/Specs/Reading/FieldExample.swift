extension FieldsDescription.Field {
  /// The field with a value that a person might try first, in YAML; `nil` when there is none to show.
  package var example: String? { (shown ?? value(depth: 0)).map { "\(name): \($0)" } }

  /// Whether a value leaves the field out, so that it has its default.
  ///
  /// `null` does, where the field need not be given; nothing at all behind the key only where the default is that there is
  /// none.
  func isLeftOut(by value: Node) -> Bool {
    guard value.isNull, let standard = self.default else { return false }
    return standard.isNull || !value.traits.contains(.blank)
  }

  /// Why nothing cannot stand in place of a value.
  func needsValue(insteadOf pair: (key: Node, value: Node)) -> Complaint {
    let isBlank = pair.value.traits.contains(.blank)
    // A list that may have no entries is more likely to be meant empty.
    let none = if case .items = kind, !isRequired { "\(name): []" } else { nil as String? }
    return Complaint(
      isBlank ? "\(name) has no value" : "\(name) must be given, but is null", at: pair.key.mark,
      (none ?? example).map { "write \($0)" })
  }

  /// Whether a value could be meant for this field.
  func accepts(_ node: Node) -> Bool {
    guard let text = node.text else {
      guard let elements = node.elements else { return false }
      return switch kind {
      case .integers(let count, _), .integersOrNames(let count, _): count.contains(elements.count)
      default: false
      }
    }
    return accepts(text)
  }

  private func accepts(_ text: String) -> Bool {
    switch kind {
    case .integer(let range), .integerOrPair(let range):
      if case .value(let value) = CoreSchema.integer(text) { range.contains(value) } else { false }
    case .integerOrName(let range):
      if case .value(let value) = CoreSchema.integer(text) { range.contains(value) } else { !text.isEmpty }
    case .number(let range): CoreSchema.number(text).map(range.contains) ?? false
    case .numberOrItem(let range, let catalog):
      CoreSchema.number(text).map(range.contains) ?? catalog.names.contains(text)
    case .boolean: CoreSchema.boolean(text) != nil
    case .string: true
    case .choice(let words): words.contains(text)
    case .choiceOrPair(let words, let range): words.contains(text) || Int(text).map(range.contains) ?? false
    case .integers(let count, let each), .integersOrNames(let count, let each):
      text.hasPrefix("[") && accepts(list: text.dropFirst().dropLast().split(separator: ","), count, each)
    case .item(let catalog): catalog.names.contains(text)
    case .integerRanges(let count): (try? IntegerRanges.read(text, most: count.upperBound)) != nil
    case .group, .items, .itemLists, .numbers, .values, .mapping: false
    }
  }

  private func accepts(list: [Substring], _ count: ClosedRange<Int>, _ each: ClosedRange<Int>) -> Bool {
    count.contains(list.count)
      && list.allSatisfy { Int($0.filter { $0 != " " }).map(each.contains) ?? false }
  }

  /// The value; entries within entries are only named, since a catalogue may contain itself.
  private func value(depth: Int) -> String? {
    if let known = key.example, accepts(known) { return known }
    switch kind {
    case .integer(let range), .integerOrPair(let range), .integerOrName(let range):
      return String(Fields.placeholder(range))
    case .number(let range), .numberOrItem(let range, _): return NumberRange.text(range.placeholder)
    case .numbers(let count, let each):
      if let known = key.example { return known }
      let number = NumberRange.text(each.placeholder)
      return "[" + Array(repeating: number, count: min(16, max(1, count.lowerBound))).joined(separator: ", ") + "]"
    // Of values and keys of any kind nothing is known.
    case .values, .mapping: return key.example
    case .integerRanges: return "0..9"
    case .boolean: return "true"
    case .string: return "text"
    case .choice(let words), .choiceOrPair(let words, _): return words.first
    case .integers(let count, let each), .integersOrNames(let count, let each):
      let numbers = Array(
        repeating: String(Fields.placeholder(each)), count: min(16, max(1, count.lowerBound)))
      return "[" + numbers.joined(separator: ", ") + "]"
    case .group(let inner):
      return "{" + inner.requiredExamples(depth: depth) + "}"
    case .item(let catalog): return entry(of: catalog, depth: depth, inList: false)
    case .items(let catalog, _): return entry(of: catalog, depth: depth, inList: true).map { "[\($0)]" }
    case .itemLists(let catalog, let count):
      return entry(of: catalog, depth: depth, inList: true).map { entry in
        "[" + Array(repeating: "[\(entry)]", count: max(1, count.lowerBound)).joined(separator: ", ") + "]"
      }
    }
  }

  private func entry(of catalog: CatalogDescription, depth: Int, inList: Bool) -> String? {
    guard let name = catalog.names.first else { return nil }
    let inner = depth == 0 ? catalog.fields(name)?.requiredExamples(depth: 1) ?? "" : ""
    guard !inner.isEmpty else { return name }
    return inList ? "\(name): {\(inner)}" : "{\(name): {\(inner)}}"
  }

  fileprivate func nestedExample(depth: Int) -> String? { value(depth: depth).map { "\(name): \($0)" } }
}

extension FieldsDescription {
  /// The fields that must be given, with values, as they stand between braces.
  fileprivate func requiredExamples(depth: Int) -> String {
    fields.filter(\.isRequired).compactMap { $0.nestedExample(depth: depth) }.joined(separator: ", ")
  }
}
