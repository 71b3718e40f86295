// Reads of lists and of mappings within mappings.
extension Fields {
  /// Reads a list of integers; without a default it must be given.
  package mutating func integers(
    _ key: FieldName, count: ClosedRange<Int>, each range: ClosedRange<Int>, default standard: [Int]? = nil,
    _ summary: String
  ) -> [Int] {
    integers(key, count, range, default: standard, isOptional: false, summary)
      ?? Array(repeating: Fields.placeholder(range), count: count.lowerBound)
  }

  /// Reads a list of integers that may be absent or null.
  package mutating func optionalIntegers(
    _ key: FieldName, count: ClosedRange<Int>, each range: ClosedRange<Int>, _ summary: String
  ) -> [Int]? {
    integers(key, count, range, default: nil, isOptional: true, summary)
  }

  private mutating func integers(
    _ key: FieldName, _ count: ClosedRange<Int>, _ range: ClosedRange<Int>, default standard: [Int]?, isOptional: Bool,
    _ summary: String
  ) -> [Int]? {
    let kind = FieldsDescription.Kind.integers(count: count, each: range)
    return read(
      key, kind, default: standard, isOptional: isOptional, summary, node: Fields.list
    ) { node throws(Complaint) in
      let isScalar = CoreSchema.integer(node.text ?? "") != .notInteger && count.contains(1)
      return try Fields.elements(
        of: node, key.name, count: count, kind, remedy: isScalar ? "write [\(node.text ?? "")]" : nil
      ) { element, place throws(Complaint) in try ScalarReading.integer(element, place, in: range) }
    }
  }

  /// Reads the elements of a list of so many, each told its place, `shape[1]`.
  /// - Parameter remedy: what to do where it is no list.
  static func elements<Value>(
    of node: Node, _ key: String, count: ClosedRange<Int>, _ kind: FieldsDescription.Kind, remedy: String? = nil,
    read: (Node, _ place: String) throws(Complaint) -> Value
  ) throws(Complaint) -> [Value] {
    guard let elements = node.elements else {
      throw Complaint(key, mustBe: kind.phrase, not: node, at: node.mark, remedy)
    }
    guard count.contains(elements.count) else {
      throw Complaint("\(key) must be \(kind.phrase), not of \(elements.count)", at: node.mark)
    }
    var values: [Value] = []
    for (index, element) in elements.enumerated() { values.append(try read(element, "\(key)[\(index)]")) }
    return values
  }

  /// Reads a list of finite numbers, which must be given.
  package mutating func numbers(
    _ key: FieldName, count: ClosedRange<Int>, each range: NumberRange, _ summary: String
  ) -> [Double] {
    numbers(key, count, range, isOptional: false, summary)
      ?? Array(repeating: range.placeholder, count: count.lowerBound)
  }

  /// Reads a list of finite numbers that may be absent or null.
  package mutating func optionalNumbers(
    _ key: FieldName, count: ClosedRange<Int>, each range: NumberRange, _ summary: String
  ) -> [Double]? {
    numbers(key, count, range, isOptional: true, summary)
  }

  private mutating func numbers(
    _ key: FieldName, _ count: ClosedRange<Int>, _ range: NumberRange, isOptional: Bool, _ summary: String
  ) -> [Double]? {
    let kind = FieldsDescription.Kind.numbers(count: count, each: range)
    let node: ([Double]) -> Node = { .list($0.map(Node.number)) }
    return read(key, kind, default: nil, isOptional: isOptional, summary, node: node) { node throws(Complaint) in
      try Fields.elements(of: node, key.name, count: count, kind) { element, place throws(Complaint) in
        try ScalarReading.number(element, place, in: range)
      }
    }
  }

  /// Reads an integer that stands for both, or a list of two, such as `kernel_size: 3` or `[3, 5]`.
  package mutating func integerOrPair(
    _ key: FieldName, in range: ClosedRange<Int>, default standard: (Int, Int)? = nil, _ summary: String
  ) -> (Int, Int) {
    let kind = FieldsDescription.Kind.integerOrPair(range)
    let values = read(key, kind, default: standard, summary, node: Fields.pair) { node throws(Complaint) in
      try Fields.pair(node, key.name, in: range, kind)
    }
    return values ?? (Fields.placeholder(range), Fields.placeholder(range))
  }

  /// Reads an integer that stands for both, or a list of two; where it is absent or null, it is what follows from the rest
  /// of the spec.
  /// - Parameter words: what that is, in words.
  package mutating func integerOrPair(
    _ key: FieldName, in range: ClosedRange<Int>, inferred standard: (Int, Int), as words: String, _ summary: String
  ) -> (Int, Int) {
    let kind = FieldsDescription.Kind.integerOrPair(range)
    return read(key, kind, inferred: standard, as: words, summary, node: Fields.pair) { node throws(Complaint) in
      try Fields.pair(node, key.name, in: range, kind)
    }
  }

  /// One of some words, or a pair of integers.
  package enum ChoiceOrPair: Sendable, Equatable {
    /// The word.
    case choice(String)
    /// The integers.
    case pair(Int, Int)
  }

  /// Reads one of some words, or an integer that stands for both, or a list of two: `padding: same`, `padding: 1`.
  package mutating func choiceOrPair(
    _ key: FieldName, among words: [String], in range: ClosedRange<Int>, default standard: String, _ summary: String
  ) -> ChoiceOrPair {
    let kind = FieldsDescription.Kind.choiceOrPair(words, range)
    let node: (ChoiceOrPair) -> Node = { value in
      switch value {
      case .choice(let word): Node.string(word)
      case .pair(let first, let second): Fields.pair((first, second))
      }
    }
    let value = read(key, kind, default: .choice(standard), summary, node: node) { node throws(Complaint) in
      if let text = node.text, CoreSchema.integer(text) == .notInteger {
        return .choice(try ScalarReading.choice(node, key.name, among: words.map { ChoiceWord(name: $0) }))
      }
      let (first, second) = try Fields.pair(node, key.name, in: range, kind)
      return .pair(first, second)
    }
    return value ?? .choice(standard)
  }

  private static func pair(
    _ node: Node, _ key: String, in range: ClosedRange<Int>, _ kind: FieldsDescription.Kind
  ) throws(Complaint) -> (Int, Int) {
    switch node.content {
    case .sequence(let elements) where elements.count == 2:
      return (
        try ScalarReading.integer(elements[0], "\(key)[0]", in: range),
        try ScalarReading.integer(elements[1], "\(key)[1]", in: range)
      )
    case .sequence(let elements):
      throw Complaint("\(key) must be \(kind.phrase), not a list of \(elements.count)", at: node.mark)
    default:
      let value = try ScalarReading.integer(node, key, in: range)
      return (value, value)
    }
  }

  /// Reads a mapping with fields of its own; when it is absent, all of them have their defaults.
  ///
  /// Fields that must be given are then missed at the mapping around it; `required` says that the mapping itself must be given.
  package mutating func group<Value>(
    _ key: FieldName, required: Bool = false, _ summary: String, read: (inout Fields) -> Value
  ) -> Value {
    let pair = pair(key.name)
    let isMissed = mode == .reading && required && pair == nil
    var inner = within(key.name, pair, isMissed: isMissed)
    let value = read(&inner)
    let field = FieldsDescription.Field(
      key, kind: .group(inner.description),
      isRequired: required || inner.description.fields.contains(where: \.isRequired), default: nil,
      summary: summary)
    record(field)
    if isMissed { missing.append(field) } else { inner.finish() }
    if !isMissed, inner.missing.isEmpty { warnOfNothing(behind: pair, inner.description, isLeftOut: false) }
    resolve(key.name, inner.resolved)
    return value
  }

  /// Reads a mapping that may be absent or null.
  package mutating func optionalGroup<Value>(
    _ key: FieldName, _ summary: String, read: (inout Fields) -> Value
  ) -> Value? {
    let pair = pair(key.name)
    let isGiven = mode == .reading && isGiven(key.name)
    // What is absent is read all the same, for its description.
    var inner = isGiven ? within(key.name, pair, isMissed: false) : Fields.describing(subject: key.name)
    let value = read(&inner)
    record(
      FieldsDescription.Field(
        key, kind: .group(inner.description), isRequired: false, default: .null, summary: summary))
    inner.finish()
    warnOfNothing(behind: pair, inner.description, isLeftOut: true)
    resolve(key.name, isGiven ? inner.resolved : .null)
    return isGiven ? value : nil
  }

  /// Warns of a key with nothing behind it, not even `null`, which looks as if it said something.
  private func warnOfNothing(
    behind pair: (key: Node, value: Node)?, _ description: FieldsDescription, isLeftOut: Bool
  ) {
    guard mode == .reading, let pair, pair.value.traits.contains(.blank), let key = pair.key.text else { return }
    guard !isLeftOut else {
      let needsFields = description.fields.contains(where: \.isRequired)
      return diagnostics.warning(
        "nothing stands behind \(key), so that it is left out", at: pair.key.mark,
        remedy: needsFields ? "give it fields, or remove it" : "write \(key): {} to have it, or remove it")
    }
    let defaults = description.fields.compactMap { field in
      field.default.flatMap { $0.isNull ? nil : "\(field.name): \(Emitter.flowText(of: $0))" }
    }
    diagnostics.warning(
      "nothing stands behind \(key), so that it has its defaults: \(Quotation.list(defaults, limit: 3))",
      at: pair.key.mark, remedy: defaults.first.map { "write \(key): {\($0)}, or leave it out" } ?? "leave it out")
  }

  private func within(_ key: String, _ pair: (key: Node, value: Node)?, isMissed: Bool) -> Fields {
    guard mode != .describing else { return .describing(subject: key) }
    return Fields(
      pair?.value ?? .null, of: key, under: path(of: key), at: pair?.key.mark ?? mark,
      form: Form(prefix: "\(key): {", suffix: "}"),
      silent: mode != .reading || isMissed, within: self, diagnostics: diagnostics)
  }

  private static func list(_ values: [Int]) -> Node { .list(values.map(Node.integer)) }

  private static func pair(_ values: (Int, Int)) -> Node {
    values.0 == values.1 ? .integer(values.0) : list([values.0, values.1])
  }
}
