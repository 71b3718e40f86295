/// The things of one kind that a spec can name, such as layers: each with its name, summary and fields.
package struct Catalog<Item>: Sendable {
  /// One thing a spec can name.
  package struct Entry: Named, Sendable {
    package let name: String
    /// What it is, in one sentence.
    package let summary: String
    package let alsoCalled: [String]
    /// Makes the item from its fields; what it does not read is an unknown key.
    package let read: @Sendable (inout Fields) -> Item

    /// Names a reader.
    package init(
      name: String, summary: String, alsoCalled: [String] = [], read: @escaping @Sendable (inout Fields) -> Item
    ) {
      self.name = name
      self.summary = summary
      self.alsoCalled = alsoCalled
      self.read = read
    }
  }

  /// What one of them is called in messages, such as "layer".
  package let noun: String
  /// All of them, in the order in which lists show them.
  package let entries: [Entry]
  /// Names that papers and other programs give to what a spec says in several words.
  package let papers: [PaperName]
  /// Names that other programs give to what a spec leaves out.
  let needless: [NeedlessNames]
  /// The entry of which a mapping of several keys gives the fields without its name; nil where such a mapping is a mistake.
  let unnamed: String?

  /// Makes a catalogue of entries with distinct names.
  package init(
    noun: String, _ entries: [Entry], papers: [PaperName] = [], needless: [NeedlessNames] = [], unnamed: String? = nil
  ) {
    self.noun = noun
    self.unnamed = unnamed
    self.entries = entries
    self.papers = papers
    self.needless = needless
  }

  /// What a name that is no entry stands for elsewhere.
  func paper(named name: String) -> PaperName? {
    guard name.utf8.count <= 64 else { return nil }
    return papers.first { paper in paper.names.contains { Suggestion.isSpelling(of: $0, name) } }
  }

  /// The names in order.
  package var names: [String] { entries.map(\.name) }

  /// The entry of a name.
  package func entry(named name: String) -> Entry? {
    // Byte by byte: comparing as texts takes long where the name is.
    entries.first { $0.name.utf8.elementsEqual(name.utf8) }
  }

  /// The fields of an entry; `nil` when there is no such entry.
  package func describe(_ name: String) -> FieldsDescription? {
    guard let entry = entry(named: name) else { return nil }
    var fields = Fields.describing(subject: name)
    _ = entry.read(&fields)
    return fields.description
  }

  /// The catalogue without the type of its items.
  package var description: CatalogDescription {
    let entries = entries.map { entry in
      CatalogDescription.Entry(name: entry.name, summary: entry.summary, alsoCalled: entry.alsoCalled)
    }
    return CatalogDescription(noun: noun, entries: entries, papers: papers, unnamed: unnamed) { self.describe($0) }
  }
}

/// A name that papers and other programs give to something that a spec says in several words.
package struct PaperName: Sendable {
  /// Its spellings; case and separators do not count.
  package let names: [String]
  /// What it is, in words that follow "it is".
  package let meaning: String
  /// What a spec says in its place, line by line; nothing where it says nothing.
  package let lines: [String]
  /// Why it says nothing.
  package let reason: String?

  /// Gives a name its meaning.
  package init(_ names: [String], _ meaning: String, _ lines: [String]) {
    self.names = names
    self.meaning = meaning
    self.lines = lines
    reason = nil
  }

  /// Gives a meaning to a name of what a spec leaves out, with the reason.
  package init(_ names: [String], _ meaning: String, needless reason: String) {
    self.names = names
    self.meaning = meaning
    self.reason = reason
    lines = []
  }

  /// How to write it: the first line, or all of them below one word.
  package var remedy: String {
    if let reason { return "leave it out: \(reason)" }
    return lines.count == 1 ? "write \(lines[0])" : "write"
  }
}

/// A catalogue as documentation sees it.
package struct CatalogDescription: Sendable {
  /// One thing that the catalogue names.
  package struct Entry: Named, Sendable {
    package let name: String
    /// What it is, in one sentence.
    package let summary: String
    package let alsoCalled: [String]
  }

  /// What one of its entries is called.
  package let noun: String
  /// The entries in order.
  package let entries: [Entry]
  /// Names that papers and other programs give to what a spec says in several words, or not at all.
  package let papers: [PaperName]
  /// The entry of which a mapping of several keys gives the fields without its name.
  let unnamed: String?
  /// The fields of an entry, made on demand, since a catalogue may contain itself.
  package let fields: @Sendable (String) -> FieldsDescription?

  init(
    noun: String, entries: [Entry], papers: [PaperName] = [], unnamed: String? = nil,
    fields: @escaping @Sendable (String) -> FieldsDescription?
  ) {
    self.noun = noun
    self.entries = entries
    self.papers = papers
    self.unnamed = unnamed
    self.fields = fields
  }

  /// The noun behind "a" or "an".
  var nounWithArticle: String {
    (noun.first.map { "aeiou".contains($0) } ?? false ? "an " : "a ") + noun
  }

  var names: [String] { entries.map(\.name) }
}

/// A value with the place of the word that introduced it.
package struct Marked<Value> {
  /// The value.
  package let value: Value
  /// The place: of a layer, its name.
  package let mark: Mark

  /// Puts a value at a place.
  package init(_ value: Value, mark: Mark) {
    self.value = value
    self.mark = mark
  }
}

extension Marked: Sendable where Value: Sendable {}
