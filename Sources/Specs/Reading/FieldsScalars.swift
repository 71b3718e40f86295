// Reads of single values.
extension Fields {
  /// Reads an integer; without a default it must be given.
  package mutating func integer(
    _ key: String, in range: ClosedRange<Int>, default standard: Int? = nil, _ summary: String
  ) -> Int {
    read(key, .integer(range), default: standard, summary, node: Node.integer) { node throws(Complaint) in
      try ScalarReading.integer(node, key, in: range)
    } ?? Fields.placeholder(range)
  }

  /// Reads an integer that may be absent or null.
  package mutating func optionalInteger(_ key: String, in range: ClosedRange<Int>, _ summary: String) -> Int? {
    read(key, .integer(range), default: nil, isOptional: true, summary, node: Node.integer) {
      node throws(Complaint) in
      try ScalarReading.integer(node, key, in: range)
    }
  }

  /// Reads a finite number; without a default it must be given.
  package mutating func number(
    _ key: String, in range: NumberRange, default standard: Double? = nil, _ summary: String
  ) -> Double {
    read(key, .number(range), default: standard, summary, node: Node.number) { node throws(Complaint) in
      try ScalarReading.number(node, key, in: range)
    } ?? range.placeholder
  }

  /// Reads a finite number that may be absent or null.
  package mutating func optionalNumber(_ key: String, in range: NumberRange, _ summary: String) -> Double? {
    read(key, .number(range), default: nil, isOptional: true, summary, node: Node.number) {
      node throws(Complaint) in
      try ScalarReading.number(node, key, in: range)
    }
  }

  /// Reads `true` or `false`; without a default it must be given.
  package mutating func boolean(_ key: String, default standard: Bool? = nil, _ summary: String) -> Bool {
    read(key, .boolean, default: standard, summary, node: Node.boolean) { node throws(Complaint) in
      try ScalarReading.boolean(node, key)
    } ?? false
  }

  /// Reads a text; `validate` returns a remedy for one that cannot be used.
  package mutating func string(
    _ key: String, default standard: String? = nil, _ summary: String,
    validate: (String) -> String? = { _ in nil }
  ) -> String {
    read(key, .string, default: standard, summary, node: Node.string) { node throws(Complaint) in
      try Fields.validated(node, key, validate)
    } ?? ""
  }

  /// Reads a text that may be absent or null.
  package mutating func optionalString(
    _ key: String, _ summary: String, validate: (String) -> String? = { _ in nil }
  ) -> String? {
    read(key, .string, default: nil, isOptional: true, summary, node: Node.string) { node throws(Complaint) in
      try Fields.validated(node, key, validate)
    }
  }

  /// Reads one of some words; without a default it must be given.
  package mutating func choice(
    _ key: String, among words: [String], default standard: String? = nil, _ summary: String
  ) -> String {
    read(key, .choice(words), default: standard, summary, node: Node.string) { node throws(Complaint) in
      try ScalarReading.choice(node, key, among: words)
    } ?? words.first ?? ""
  }

  /// Reads one of some words that may be absent or null.
  package mutating func optionalChoice(_ key: String, among words: [String], _ summary: String) -> String? {
    read(key, .choice(words), default: nil, isOptional: true, summary, node: Node.string) { node throws(Complaint) in
      try ScalarReading.choice(node, key, among: words)
    }
  }

  /// Reads a case of an enumeration by its raw value; without a default it must be given.
  package mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ key: String, default standard: Choice? = nil, _ summary: String
  ) -> Choice where Choice.RawValue == String {
    let words = Choice.allCases.map(\.rawValue)
    let word = choice(key, among: words, default: standard?.rawValue, summary)
    let fallback = standard ?? Choice.allCases.first
    guard let value = Choice(rawValue: word) ?? fallback else {
      preconditionFailure("an enumeration without cases")
    }
    return value
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
