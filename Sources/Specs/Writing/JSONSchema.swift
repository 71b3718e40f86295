/// A draft-07 JSON Schema of a description, with which editors check and complete specs.
package struct JSONSchema {
  private var definitions: [(name: String, schema: JSONText)] = []
  /// Which catalogues have which definition, by noun and entries.
  private var known: [[String]: String] = [:]

  /// The schema as pretty-printed JSON in reading order, with a line break at its end.
  ///
  /// Each catalogue becomes one definition, named for its noun, which one that contains itself refers to.
  package static func text(of description: FieldsDescription, title: String) -> String {
    text(of: [Form(keys: [], description: description)], title: title)
  }

  /// A form that a mapping can have, and the keys by which it is known.
  package struct Form: Sendable {
    let keys: [String]
    let description: FieldsDescription

    /// A form with the fields of a description.
    package init(keys: [String], description: FieldsDescription) {
      self.keys = keys
      self.description = description
    }
  }

  /// The schema of mappings of several forms, of which the first is that of a mapping without the keys of another.
  ///
  /// What extends a text, and has the keys of none, may be of any form.
  package static func text(of forms: [Form], title: String) -> String {
    var schema = JSONSchema()
    var members: [(String, JSONText)] = [
      ("$schema", .string("http://json-schema.org/draft-07/schema#")), ("title", .string(title)),
    ]
    members += schema.object(forms[...])
    if !schema.definitions.isEmpty {
      members.append(("definitions", .object(schema.definitions.map { ($0.name, $0.schema) })))
    }
    return JSONText.object(members).text() + "\n"
  }

  private mutating func object(_ forms: ArraySlice<Form>) -> [(String, JSONText)] {
    func isGiven(_ keys: [String]) -> JSONText {
      .object([("anyOf", .array(keys.map { .object([("required", .strings([$0]))]) }))])
    }
    guard let first = forms.first, forms.count > 1 else { return forms.first.map { object($0.description) } ?? [] }
    let all = forms.map { object($0.description) }
    var rest: [(String, JSONText)] = all[0]
    if let parentKey = first.description.parentKey {
      let isOpen = JSONText.object([
        ("required", .strings([parentKey])), ("not", isGiven(first.keys)),
      ])
      rest = [
        ("if", isOpen), ("then", .object([("anyOf", .array(all.map(JSONText.object)))])), ("else", .object(all[0])),
      ]
    }
    for (form, members) in zip(forms, all).dropFirst() {
      rest = [("if", isGiven(form.keys)), ("then", .object(members)), ("else", .object(rest))]
    }
    return rest
  }

  /// The members of the schema of a mapping; one that needs nothing may be null.
  private mutating func object(_ description: FieldsDescription, nullable: Bool = false) -> [(
    String, JSONText
  )] {
    let required = description.fields.filter(\.isRequired).map(\.name)
    let type = nullable && required.isEmpty ? JSONText.strings(["object", "null"]) : .string("object")
    var properties: [(String, JSONText)] = []
    for field in description.fields { properties.append((field.name, .object(property(field)))) }
    let ignored = description.ignoredPrefix.map {
      [("patternProperties", JSONText.object([("^" + $0, .boolean(true))]))]
    }
    return [("type", type), ("additionalProperties", .boolean(false)), ("properties", .object(properties))]
      + (ignored ?? []) + JSONSchema.requirement(required, parentKey: description.parentKey)
  }

  /// What must be given, here or in a parent.
  private static func requirement(_ required: [String], parentKey: String?) -> [(String, JSONText)] {
    guard !required.isEmpty else { return [] }
    guard let parentKey else { return [("required", .strings(required))] }
    return [
      ("if", .object([("not", .object([("required", .strings([parentKey]))]))])),
      ("then", .object([("required", .strings(required))])),
    ]
  }

  private mutating func property(_ field: FieldsDescription.Field) -> [(String, JSONText)] {
    let isOptional = field.default != nil
    let words = field.defaultInWords.map { "; by default " + $0 } ?? ""
    var members: [(String, JSONText)] = [("description", .string(field.summary + words))]
    if let standard = field.default, !standard.isNull, field.defaultInWords == nil {
      members.append(("default", JSONSchema.json(standard, field.kind)))
    }
    switch field.kind {
    case .integer(let range):
      members += JSONSchema.integer(range, isOptional)
    case .number(let range):
      members += JSONSchema.number(range, isOptional)
    case .numbers(let count, let each):
      members.append(JSONSchema.type("array", isOptional))
      members.append(("items", .object(JSONSchema.number(each, false))))
      members += JSONSchema.size(count)
    case .values(let count):
      members.append(JSONSchema.type("array", isOptional))
      members += JSONSchema.size(count)
    case .mapping: members.append(JSONSchema.type("object", isOptional))
    case .numberOrItem(let range, let catalog):
      members += JSONSchema.choice(
        "number", JSONSchema.number(range, false), JSONSchema.unlessNull(reference(to: catalog)))
    case .boolean:
      members.append(JSONSchema.type("boolean", isOptional))
    case .string:
      members.append(JSONSchema.type("string", isOptional))
      if let pattern = field.pattern { members.append(("pattern", .string(pattern))) }
    case .choice(let words):
      members.append(("enum", .array(words.map(JSONText.string) + (isOptional ? [.null] : []))))
    case .integers(let count, let each):
      members.append(JSONSchema.type("array", isOptional))
      members.append(("items", .object(JSONSchema.integer(each, false))))
      members += JSONSchema.size(count)
    case .integerRanges(let count):
      members += JSONSchema.choice(
        "string", [("pattern", .string("^ *[0-9]+(\\.\\.|, *|[0-9])*$"))],
        [JSONSchema.type("array", isOptional), ("items", .object(JSONSchema.integer(0...Int.max, false)))]
          + JSONSchema.size(count))
    case .integerOrName(let range): members += JSONSchema.named(range, isOptional)
    case .integersOrNames(let count, let each):
      members.append(JSONSchema.type("array", isOptional))
      members.append(("items", .object(JSONSchema.named(each, false))))
      members += JSONSchema.size(count)
    case .integerOrPair(let range): members += JSONSchema.pair(range, isOptional)
    case .choiceOrPair(let words, let range):
      let word = [("enum", JSONText.array(words.map(JSONText.string)))]
      members += JSONSchema.choice("string", word, JSONSchema.pair(range, isOptional))
    case .group(let inner):
      members += object(inner, nullable: true)
    case .item(let catalog):
      let reference = reference(to: catalog)
      if isOptional {
        members += JSONSchema.unlessNull(reference)
      } else {
        // Beside a reference nothing else counts, not even the description.
        members.append(("allOf", .array([.object(reference)])))
      }
    case .items(let catalog, let count):
      members.append(JSONSchema.type("array", isOptional))
      members.append(("items", .object(reference(to: catalog))))
      members += JSONSchema.size(count)
    case .itemLists(let catalog, let count):
      members.append(JSONSchema.type("array", isOptional))
      members.append(
        ("items", .object([("type", .string("array")), ("items", .object(reference(to: catalog)))])))
      members += JSONSchema.size(count)
    }
    return members
  }

  /// The reference to the definition of a catalogue, which is made when it is first met.
  ///
  /// An entry is a word where it needs no fields, else a mapping of one name. Which of both is decided by the value's type,
  /// not by trying one after the other: what is wrong is then said of that form alone.
  private mutating func reference(to catalog: CatalogDescription) -> [(String, JSONText)] {
    let identity = [catalog.noun] + catalog.names
    if let name = known[identity] { return JSONSchema.reference(name) }
    let noun = catalog.noun.map { $0 == " " ? "_" : String($0) }.joined()
    let taken = definitions.filter { $0.name == noun || $0.name.hasPrefix(noun + "_") }.count
    let name = taken == 0 ? noun : "\(noun)_\(taken + 1)"
    known[identity] = name
    let index = definitions.count
    definitions.append((name, .null))
    var words: [String] = []
    var properties: [(String, JSONText)] = []
    for entry in catalog.entries {
      guard let fields = catalog.fields(entry.name) else { continue }
      if !fields.fields.contains(where: \.isRequired) { words.append(entry.name) }
      properties.append(
        (entry.name, .object([("description", .string(entry.summary))] + object(fields, nullable: true))))
    }
    var mapping: [(String, JSONText)] = [
      ("minProperties", .integer(1)), ("maxProperties", .integer(1)), ("additionalProperties", .boolean(false)),
      ("properties", .object(properties)),
    ]
    if let fields = catalog.unnamed.flatMap(catalog.fields) {
      mapping = [
        ("if", .object([("maxProperties", .integer(1))])), ("then", .object(mapping)),
        ("else", .object(object(fields, nullable: false))),
      ]
    }
    // Where each entry needs fields, a word is no entry.
    definitions[index].schema = .object(
      words.isEmpty
        ? [("type", .string("object"))] + mapping : JSONSchema.choice("object", mapping, [("enum", .strings(words))]))
    return JSONSchema.reference(name)
  }

  private static func reference(_ name: String) -> [(String, JSONText)] {
    [("$ref", .string("#/definitions/" + name))]
  }

  /// One schema for the values of a type, another for all others.
  private static func choice(
    _ type: String, _ members: [(String, JSONText)], _ others: [(String, JSONText)]
  ) -> [(String, JSONText)] {
    [
      ("if", .object([("type", .string(type))])), ("then", .object(members)), ("else", .object(others)),
    ]
  }

  /// A schema for all values but null.
  private static func unlessNull(_ members: [(String, JSONText)]) -> [(String, JSONText)] {
    [("if", .object([("not", .object([("type", .string("null"))]))])), ("then", .object(members))]
  }

  private static func type(_ name: String, _ isOptional: Bool) -> (String, JSONText) {
    ("type", isOptional ? .strings([name, "null"]) : .string(name))
  }

  private static func number(_ range: NumberRange, _ isOptional: Bool) -> [(String, JSONText)] {
    let low = range.lower.map {
      ($0.isIncluded ? "minimum" : "exclusiveMinimum", JSONText.number(NumberRange.text($0.value)))
    }
    let high = range.upper.map {
      ($0.isIncluded ? "maximum" : "exclusiveMaximum", JSONText.number(NumberRange.text($0.value)))
    }
    return [type("number", isOptional)] + [low, high].compactMap { $0 }
  }

  private static func integer(_ range: ClosedRange<Int>, _ isOptional: Bool) -> [(String, JSONText)] {
    [type("integer", isOptional)]
      + (range.lowerBound == .min ? [] : [("minimum", JSONText.integer(range.lowerBound))])
      + (range.upperBound == .max ? [] : [("maximum", JSONText.integer(range.upperBound))])
  }

  /// An integer, or a name in place of it.
  private static func named(_ range: ClosedRange<Int>, _ isOptional: Bool) -> [(String, JSONText)] {
    JSONSchema.choice("string", [("minLength", .integer(1))], JSONSchema.integer(range, isOptional))
  }

  /// An integer, or a list of two.
  private static func pair(_ range: ClosedRange<Int>, _ isOptional: Bool) -> [(String, JSONText)] {
    let items = [("items", JSONText.object(JSONSchema.integer(range, false)))] + JSONSchema.size(2...2)
    return JSONSchema.choice("array", items, JSONSchema.integer(range, isOptional))
  }

  private static func size(_ count: ClosedRange<Int>) -> [(String, JSONText)] {
    (count.lowerBound == 0 ? [] : [("minItems", JSONText.integer(count.lowerBound))])
      + (count.upperBound == .max ? [] : [("maxItems", JSONText.integer(count.upperBound))])
  }

  /// A default as JSON: as the field's kind reads it.
  private static func json(_ node: Node, _ kind: FieldsDescription.Kind) -> JSONText {
    switch (node.content, kind) {
    case (.sequence(let elements), _): .array(elements.map { json($0, kind) })
    case (.scalar(let text, _), .integer), (.scalar(let text, _), .integerOrPair),
      (.scalar(let text, _), .integers):
      .number(text)
    case (.scalar(let text, _), .number), (.scalar(let text, _), .numbers), (.scalar(let text, _), .numberOrItem):
      .number(CoreSchema.number(text).map(NumberRange.text) ?? text)
    case (.scalar(let text, _), .boolean): .boolean(text == "true")
    case (.scalar(let text, _), _): .string(text)
    default: .null
    }
  }
}
