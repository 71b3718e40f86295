/// What a mapping takes: recorded by the reads themselves, so that it cannot differ from them.
package struct FieldsDescription: Sendable {
  /// Whose fields they are, such as "dense".
  package let subject: String
  /// The fields in reading order.
  package let fields: [Field]
  /// The field that names a text in which what must be given may stand instead.
  package let parentKey: String?
  /// How keys begin that hold anything and that nobody reads.
  package let ignoredPrefix: String?

  /// Describes the fields of a subject.
  ///
  /// - Parameters:
  ///   - parentKey: the field that names a text in which what must be given may stand instead.
  ///   - ignoredPrefix: how keys begin that hold anything and that nobody reads.
  package init(subject: String, fields: [Field], parentKey: String? = nil, ignoredPrefix: String? = nil) {
    self.subject = subject
    self.fields = fields
    self.parentKey = parentKey
    self.ignoredPrefix = ignoredPrefix
  }

  /// One field.
  package struct Field: Named, Sendable {
    /// The key, with its names in other programs.
    let key: FieldName
    /// What values it takes.
    package let kind: Kind
    /// Whether it must be given.
    package let isRequired: Bool
    /// What it is when it is not given; `nil` for required fields, null for those that may be absent.
    package let `default`: Node?
    /// What it is for, in one sentence.
    package let summary: String
    /// A value to show in remedies, in YAML; otherwise one is made up.
    var shown: String?
    /// What it was called in earlier versions.
    package internal(set) var formerly: String?
    /// Its default in words, where that depends on what surrounds the fields.
    package internal(set) var defaultInWords: String?
    /// A regular expression (ECMA 262) of the texts that it takes.
    var pattern: String?

    package var name: String { key.name }
    package var alsoCalled: [String] { key.alsoCalled }

    init(
      _ key: FieldName, kind: Kind, isRequired: Bool, default standard: Node?, summary: String, shown: String? = nil
    ) {
      self.key = key
      self.kind = kind
      self.isRequired = isRequired
      self.default = standard
      self.summary = summary
      self.shown = shown
    }
  }

  /// The values a field takes.
  package indirect enum Kind: Sendable {
    /// An integer of a range.
    case integer(ClosedRange<Int>)
    /// A finite number of a range.
    case number(NumberRange)
    /// `true` or `false`.
    case boolean
    /// A text.
    case string
    /// One of some words.
    case choice([String])
    /// A list of so many integers, each of a range.
    case integers(count: ClosedRange<Int>, each: ClosedRange<Int>)
    /// An integer of a range, or a name in place of it.
    case integerOrName(ClosedRange<Int>)
    /// A list of so many integers, each of a range, and names in place of them.
    case integersOrNames(count: ClosedRange<Int>, each: ClosedRange<Int>)
    /// A list of so many integers from 0 on, or a text of ranges such as `0..9`.
    case integerRanges(count: ClosedRange<Int>)
    /// A list of so many numbers, each of a range.
    case numbers(count: ClosedRange<Int>, each: NumberRange)
    /// A list of so many values of any kind.
    case values(count: ClosedRange<Int>)
    /// A mapping with keys of any name, each with one of what the noun says.
    case mapping(of: String)
    /// A number, or one entry of a catalogue.
    case numberOrItem(NumberRange, CatalogDescription)
    /// An integer, or a list of two.
    case integerOrPair(ClosedRange<Int>)
    /// One of some words, an integer, or a list of two.
    case choiceOrPair([String], ClosedRange<Int>)
    /// A mapping with fields of its own.
    case group(FieldsDescription)
    /// One entry of a catalogue: a name, or a name with its fields.
    case item(CatalogDescription)
    /// A list of entries of a catalogue.
    case items(CatalogDescription, count: ClosedRange<Int>)
    /// A list of so many lists of entries of a catalogue.
    case itemLists(CatalogDescription, count: ClosedRange<Int>)
  }
}

extension FieldsDescription.Kind {
  /// The values in words, such as "an integer between 1 and 8".
  package var phrase: String {
    switch self {
    case .integer(let range): "an integer" + Self.suffix(Self.phrase(range))
    case .number(let range): "a number" + Self.suffix(range.phrase)
    case .boolean: "true or false"
    case .string: "a text"
    case .choice(let words): words.count == 1 ? words[0] : "one of " + words.joined(separator: ", ")
    case .integers(let count, let each):
      "a list of \(Self.phrase(count: count, "integer"))" + Self.suffix(Self.phrase(each))
    case .integerOrName(let range): "an integer" + Self.suffix(Self.phrase(range)) + " or a name"
    case .integersOrNames(let count, let each):
      "a list of \(Self.phrase(count: count, "integer"))" + Self.suffix(Self.phrase(each)) + " or names"
    case .integerRanges: "a list of integers from 0 on, or a range such as 0..9"
    case .numbers(let count, let each):
      "a list of \(Self.phrase(count: count, "number"))" + Self.suffix(each.phrase)
    case .values(let count): "a list of \(Self.phrase(count: count, "value"))"
    case .mapping(let noun): "a mapping of keys to \(noun)s"
    case .numberOrItem(let range, let catalog):
      "a number" + Self.suffix(range.phrase) + " or " + catalog.nounWithArticle
    case .integerOrPair(let range): "an integer or a list of 2" + Self.suffix(Self.phrase(range))
    case .choiceOrPair(let words, let range):
      words.joined(separator: ", ") + ", an integer or a list of 2" + Self.suffix(Self.phrase(range))
    case .group: "fields"
    case .item(let catalog): catalog.nounWithArticle
    case .items(let catalog, let count): "a list of \(Self.phrase(count: count, catalog.noun))"
    case .itemLists(let catalog, let count): "a list of \(Self.phrase(count: count, "list")) of \(catalog.noun)s"
    }
  }

  private static func suffix(_ phrase: String) -> String { phrase.isEmpty ? "" : " " + phrase }

  /// A range of integers in words; empty when it is no limit.
  static func phrase(_ range: ClosedRange<Int>) -> String {
    switch (range.lowerBound, range.upperBound) {
    case (.min, .max): ""
    case (.min, let high): "at most \(high)"
    case (let low, .max): "at least \(low)"
    case (let low, let high): low == high ? "equal to \(low)" : "between \(low) and \(high)"
    }
  }

  /// How many of a noun, such as "1 to 3 integers".
  static func phrase(count: ClosedRange<Int>, _ noun: String) -> String {
    let plural = noun.hasSuffix("s") ? noun + "es" : noun + "s"
    switch (count.lowerBound, count.upperBound) {
    case (0, .max): return plural
    case (let low, .max): return "at least \(low) \(low == 1 ? noun : plural)"
    case (let low, let high) where low == high: return "\(low) \(low == 1 ? noun : plural)"
    case (let low, let high): return "\(low) to \(high) \(plural)"
    }
  }
}

extension FieldsDescription {
  /// The table in lines of any width.
  package var text: String { text(width: .max) }

  /// A table for people, in lines of at most `width` columns: a paragraph a field, with nested fields indented.
  package func text(width: Int) -> String { lines(indentation: "  ", width).joined(separator: "\n") }

  private func lines(indentation: String, _ width: Int) -> [String] {
    let names = fields.map(\.name.count).max() ?? 0
    return fields.flatMap { field in
      let padded = field.name + String(repeating: " ", count: names - field.name.count)
      let standard =
        field.isRequired
        ? "required"
        : (field.defaultInWords ?? field.default.map { $0.isNull ? "none" : Emitter.flowText(of: $0) })
          .map { "default " + $0 }
      let former = field.formerly.map { "formerly " + $0 }
      let details = [field.kind.phrase, standard, former].compactMap { $0 }.joined(separator: "; ")
      var lines = Paragraph.lines(
        "\(field.summary) (\(details))", behind: "\(indentation)\(padded)  ", width: width)
      if case .group(let inner) = field.kind { lines += inner.lines(indentation: indentation + "  ", width) }
      return lines
    }
  }
}
