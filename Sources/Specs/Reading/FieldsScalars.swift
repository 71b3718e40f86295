// Reads of single values.
extension Fields {
  /// Reads an integer; without a default it must be given.
  package mutating func integer(
    _ key: FieldName, in range: ClosedRange<Int>, default standard: Int? = nil, _ summary: String
  ) -> Int {
    read(key, .integer(range), default: standard, summary, node: Node.integer) { node throws(Complaint) in
      try ScalarReading.integer(node, key.name, in: range)
    } ?? Fields.placeholder(range)
  }

  /// Reads an integer that may be absent or null.
  package mutating func optionalInteger(_ key: FieldName, in range: ClosedRange<Int>, _ summary: String) -> Int? {
    read(key, .integer(range), default: nil, isOptional: true, summary, node: Node.integer) {
      node throws(Complaint) in
      try ScalarReading.integer(node, key.name, in: range)
    }
  }

  /// Reads an integer that may be absent or null: then it is what follows from the rest of the spec.
  /// - Parameter words: what that is, in words.
  package mutating func integer(
    _ key: FieldName, in range: ClosedRange<Int>, inferred standard: Int, as words: String, _ summary: String
  ) -> Int {
    read(key, .integer(range), inferred: standard, as: words, summary, node: Node.integer) { node throws(Complaint) in
      try ScalarReading.integer(node, key.name, in: range)
    }
  }

  /// Reads a finite number; without a default it must be given.
  package mutating func number(
    _ key: FieldName, in range: NumberRange, default standard: Double? = nil, _ summary: String
  ) -> Double {
    read(key, .number(range), default: standard, summary, node: Node.number) { node throws(Complaint) in
      try ScalarReading.number(node, key.name, in: range)
    } ?? range.placeholder
  }

  /// Reads a finite number that may be absent or null.
  package mutating func optionalNumber(_ key: FieldName, in range: NumberRange, _ summary: String) -> Double? {
    read(key, .number(range), default: nil, isOptional: true, summary, node: Node.number) {
      node throws(Complaint) in
      try ScalarReading.number(node, key.name, in: range)
    }
  }

  /// Reads `true` or `false`; without a default it must be given.
  package mutating func boolean(_ key: FieldName, default standard: Bool? = nil, _ summary: String) -> Bool {
    read(key, .boolean, default: standard, summary, node: Node.boolean) { node throws(Complaint) in
      try ScalarReading.boolean(node, key.name)
    } ?? false
  }

  /// Reads a text; `validate` returns a remedy for one that cannot be used.
  package mutating func string(
    _ key: FieldName, default standard: String? = nil, _ summary: String,
    validate: (String) -> String? = { _ in nil }
  ) -> String {
    read(key, .string, default: standard, summary, node: Node.string) { node throws(Complaint) in
      try Fields.validated(node, key.name, validate)
    } ?? ""
  }

  /// Reads a text that may be absent or null.
  package mutating func optionalString(
    _ key: FieldName, _ summary: String, validate: (String) -> String? = { _ in nil }
  ) -> String? {
    read(key, .string, default: nil, isOptional: true, summary, node: Node.string) { node throws(Complaint) in
      try Fields.validated(node, key.name, validate)
    }
  }

  /// Reads one of some words; without a default it must be given.
  package mutating func choice(
    _ key: FieldName, among words: [String], default standard: String? = nil, _ summary: String
  ) -> String {
    choice(key, of: words.map { ChoiceWord(name: $0) }, default: standard, summary)
      ?? words.first ?? ""
  }

  /// Reads one of some words that may be absent or null.
  package mutating func optionalChoice(_ key: FieldName, among words: [String], _ summary: String) -> String? {
    choice(key, of: words.map { ChoiceWord(name: $0) }, default: nil, isOptional: true, summary)
  }

  /// Reads a case of an enumeration by its raw value; without a default it must be given.
  package mutating func choice<Value: Choice>(_ key: FieldName, default standard: Value? = nil, _ summary: String)
    -> Value
  {
    let word = choice(key, of: Value.words, default: standard?.rawValue, summary)
    guard let value = word.flatMap(Value.init(rawValue:)) ?? standard ?? Value.allCases.first else {
      preconditionFailure("an enumeration without cases")
    }
    return value
  }

  /// Reads a case of an enumeration that may be absent or null.
  package mutating func optionalChoice<Value: Choice>(_ key: FieldName, _ summary: String) -> Value? {
    choice(key, of: Value.words, default: nil, isOptional: true, summary).flatMap(Value.init(rawValue:))
  }

  private mutating func choice(
    _ key: FieldName, of words: [ChoiceWord], default standard: String?, isOptional: Bool = false, _ summary: String
  ) -> String? {
    let kind = FieldsDescription.Kind.choice(words.map(\.name))
    return read(key, kind, default: standard, isOptional: isOptional, summary, node: Node.string) {
      node throws(Complaint) in
      try ScalarReading.choice(node, key.name, among: words)
    }
  }

  private static func validated(
    _ node: Node, _ key: String, _ validate: (String) -> String?
  ) throws(Complaint) -> String {
    let text = try ScalarReading.string(node, key)
    guard let remedy = validate(text) else { return text }
    throw Complaint("\(key) cannot be \"\(Quotation.short(text))\"", at: node.mark, remedy)
  }

  /// The integer of a range that is nearest to nothing.
  static func placeholder(_ range: ClosedRange<Int>) -> Int {
    min(max(0, range.lowerBound), range.upperBound)
  }
}
