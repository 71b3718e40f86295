import Specs

/// The words of a condition, from left to right.
struct ConditionWords {
  /// A word, and where it stands.
  struct Word {
    enum Kind: Equatable {
      /// A name or a value; one in quotation marks is no `and`.
      case text(isQuoted: Bool)
      case relation(FactComparison.Relation)
      case opening, closing
      /// What follows the last word.
      case end
    }

    let kind: Kind
    let text: String
    let mark: Mark

    /// Whether it is one of the language's own.
    func isWord(_ word: String) -> Bool { kind == .text(isQuoted: false) && text.lowercased() == word }
  }

  /// All of them, the end too.
  private(set) var words: [Word] = []
  private let source: Source
  private let scalars: [Unicode.Scalar]
  private var place = 0

  /// Takes a condition apart.
  init(_ source: Source) throws(Diagnostic) {
    self.source = source
    scalars = Array(source.text.unicodeScalars)
    while place < scalars.count {
      if scalars[place].properties.isWhitespace { place += 1 } else { words.append(try next()) }
    }
    words.append(Word(kind: .end, text: "", mark: mark(scalars.count, 1)))
  }

  private func mark(_ start: Int, _ length: Int) -> Mark {
    // A condition may be written in several lines.
    let breaks = scalars[..<start].indices.filter { scalars[$0] == "\n" }
    return Mark(
      source: source, line: breaks.count + 1, column: start - (breaks.last.map { $0 + 1 } ?? 0) + 1, length: length)
  }

  private mutating func next() throws(Diagnostic) -> Word {
    let start = place
    func found(_ kind: Word.Kind, _ length: Int) -> Word {
      Word(
        kind: kind, text: String(String.UnicodeScalarView(scalars[start..<(start + length)])), mark: mark(start, length)
      )
    }
    switch scalars[place] {
    case "(", ")":
      place += 1
      return found(scalars[start] == "(" ? .opening : .closing, 1)
    case "\"", "'": return try quoted()
    default: break
    }
    let rest = String(String.UnicodeScalarView(scalars[place..<min(place + 2, scalars.count)]))
    for (foreign, own) in [("==", "="), ("<>", "!="), ("=~", "~"), ("!~", "not ... ~"), ("&&", "and"), ("||", "or")]
    where rest == foreign {
      throw .error("\(foreign) is nothing here", at: mark(place, 2), remedy: "write \(own)")
    }
    let relations = FactComparison.Relation.allCases.sorted { $0.rawValue.count > $1.rawValue.count }
    if let relation = relations.first(where: { rest.hasPrefix($0.rawValue) }) {
      place += relation.rawValue.count
      return found(.relation(relation), relation.rawValue.count)
    }
    if let own = ["!": "not", "&": "and", "|": "or"][rest.prefix(1)] {
      throw .error("\(rest.prefix(1)) is nothing here", at: mark(place, 1), remedy: "write \(own)")
    }
    let marks = Set("()=!<>~\"'&|".unicodeScalars)
    while place < scalars.count, !scalars[place].properties.isWhitespace, !marks.contains(scalars[place]) { place += 1 }
    return found(.text(isQuoted: false), place - start)
  }

  private mutating func quoted() throws(Diagnostic) -> Word {
    let start = place
    guard let end = scalars[(start + 1)...].firstIndex(of: scalars[start]) else {
      throw .error(
        "this quotation mark is not closed", at: mark(start, 1),
        remedy: "write \(scalars[start]) at the end of the text too")
    }
    place = end + 1
    let text = String(String.UnicodeScalarView(scalars[(start + 1)..<end]))
    return Word(kind: .text(isQuoted: true), text: text, mark: mark(start, place - start))
  }
}
