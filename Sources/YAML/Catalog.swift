/// The things of one kind that a spec can name, such as layers: each with its name, summary and fields.
public struct Catalog<Item>: Sendable {
  /// One thing a spec can name.
  public struct Entry: Sendable {
    /// The name in the spec.
    public let name: String
    /// What it is, in one sentence.
    public let summary: String
    /// Makes the item from its fields; what it does not read is an unknown key.
    public let read: @Sendable (inout Fields) -> Item

    /// Names a reader.
    public init(name: String, summary: String, read: @escaping @Sendable (inout Fields) -> Item) {
      self.name = name
      self.summary = summary
      self.read = read
    }
  }

  /// What one of them is called in messages, such as "layer".
  public let noun: String
  /// All of them, in the order in which lists show them.
  public let entries: [Entry]
  /// Names that papers and other programs give to what a spec says in several words.
  public let papers: [PaperName]

  /// Makes a catalogue of entries with distinct names.
  public init(noun: String, _ entries: [Entry], papers: [PaperName] = []) {
    self.noun = noun
    self.entries = entries
    self.papers = papers
  }

  /// What a name that is no entry stands for elsewhere.
  func paper(named name: String) -> PaperName? {
    guard name.utf8.count <= 64 else { return nil }
    return papers.first { paper in paper.names.contains { Suggestion.isSpelling(of: $0, name) } }
  }

  /// The names in order.
  public var names: [String] { entries.map(\.name) }

  /// The entry of a name.
  public func entry(named name: String) -> Entry? {
    // Byte by byte: comparing as texts takes long where the name is.
    entries.first { $0.name.utf8.elementsEqual(name.utf8) }
  }

  /// The fields of an entry; `nil` when there is no such entry.
  public func describe(_ name: String) -> FieldsDescription? {
    guard let entry = entry(named: name) else { return nil }
    var fields = Fields.describing(subject: name)
    _ = entry.read(&fields)
    return fields.description
  }

  /// The catalogue without the type of its items.
  public var description: CatalogDescription {
    CatalogDescription(noun: noun, entries: entries.map { ($0.name, $0.summary) }) { self.describe($0) }
  }
}

/// A name that papers and other programs give to something that a spec says in several words.
public struct PaperName: Sendable {
  /// Its spellings; case and separators do not count.
  public let names: [String]
  /// What it is, in words that follow "it is".
  public let meaning: String
  /// What a spec says in its place, line by line.
  public let lines: [String]

  /// Gives a name its meaning.
  public init(_ names: [String], _ meaning: String, _ lines: [String]) {
    self.names = names
    self.meaning = meaning
    self.lines = lines
  }
}

/// A catalogue as documentation sees it.
public struct CatalogDescription: Sendable {
  /// What one of its entries is called.
  public let noun: String
  /// Names and summaries in order.
  public let entries: [(name: String, summary: String)]
  /// The fields of an entry, made on demand, since a catalogue may contain itself.
  public let fields: @Sendable (String) -> FieldsDescription?

  init(
    noun: String, entries: [(name: String, summary: String)],
    fields: @escaping @Sendable (String) -> FieldsDescription?
  ) {
    self.noun = noun
    self.entries = entries
    self.fields = fields
  }

  /// The noun behind "a" or "an".
  var nounWithArticle: String {
    (noun.first.map { "aeiou".contains($0) } ?? false ? "an " : "a ") + noun
  }

  var names: [String] { entries.map(\.name) }
}

/// A value with the place of the word that introduced it.
public struct Marked<Value> {
  /// The value.
  public let value: Value
  /// The place: of a layer, its name.
  public let mark: Mark

  /// Puts a value at a place.
  public init(_ value: Value, mark: Mark) {
    self.value = value
    self.mark = mark
  }
}

extension Marked: Sendable where Value: Sendable {}
