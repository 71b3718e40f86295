/// What libyaml complains about, in the words of a person who has to mend it.
enum SyntaxProblem {
  /// Turns a complaint into a diagnostic with a remedy.
  static func diagnostic(for failure: EventStream.Failure, in source: Source) -> Diagnostic {
    if let tab = tabInIndentation(failure, source) {
      return .error("a tab in the indentation; YAML indents with spaces", at: tab, remedy: "use spaces")
    }
    let place = mark(failure.place, source)
    let character = source.line(place.line)?.unicodeScalars.dropFirst(place.column - 1).first
    if failure.problem == "found character that cannot start any token", let character {
      if character == "\t" { return .error("a tab where YAML takes spaces", at: place, remedy: "use spaces") }
      return .error("a value cannot begin with \(character)", at: place, remedy: "put the text in quotes")
    }
    let begin = mark(failure.contextPlace, source)
    if let special = special(failure, at: place, begin: begin, character) { return special }
    if let problem = FlowProblem.diagnostic(for: failure, at: place, begin: begin) { return problem }
    guard let wording = wordings.first(where: { $0.matches(failure) }) else {
      return .error(
        "this is not YAML: \(failure.problem)", at: place, remedy: "put the text in quotes if it means itself"
      )
    }
    let isElsewhere = (begin.line, begin.column) != (place.line, place.column)
    let related = wording.note.flatMap {
      failure.context != nil && isElsewhere ? [(mark: begin, note: $0)] : nil
    }
    return .error(wording.message, at: place, remedy: wording.remedy, related: related ?? [])
  }

  /// Complaints about a line that may be right behind one that is not.
  private static let stumbles: Set<String> = [
    "mapping values are not allowed in this context", "did not find expected key",
    "did not find expected '-' indicator",
    "did not find expected <document start>",
  ]

  /// Complaints whose best place or wording depends on the text around them.
  private static func special(
    _ failure: EventStream.Failure, at place: Mark, begin: Mark, _ character: Unicode.Scalar?
  ) -> Diagnostic? {
    let before =
      place.source.line(place.line)?.unicodeScalars.prefix(place.column - 1) ?? Substring().unicodeScalars
    let isFirst = before.allSatisfy { $0 == " " }
    if failure.problem == "mapping values are not allowed in this context",
      let entry = entryWithoutColon(on: place)
    {
      return entry
    }
    if stumbles.contains(failure.problem), let line = MissingSpace.diagnostic(before: place) { return line }
    switch failure.problem {
    case "did not find expected key" where character == ":":
      return .error("a key is missing before the colon", at: place, remedy: "write key: value")
    case "did not find expected key" where !isFirst:
      return .error(
        "nothing can follow a value that has ended", at: place,
        remedy: "put the whole text in quotes, or remove this")
    case "did not find expected key" where character == "-" && place.column == begin.column:
      return .error("a list entry where a key belongs", at: place, remedy: "give the list a key of its own")
    case "mapping values are not allowed in this context"
    where zip(before.suffix(200), before.suffix(200).dropFirst()).contains { $0 == ":" && $1 == " " }:
      return .error("a second colon and space in one line", at: place, remedy: "put the text in quotes")
    case "mapping values are not allowed in this context":
      let blanks = before.prefix { $0 == " " }.count
      let key = Mark(
        source: place.source, line: place.line, column: blanks + 1, length: place.column - 1 - blanks)
      return .error(
        "a key cannot begin on this line", at: key, remedy: "indent it like the key it belongs beside")
    case "could not find expected ':'":
      let rest =
        place.source.line(begin.line)?.unicodeScalars.dropFirst(begin.column - 1)
        ?? Substring().unicodeScalars
      let mark = Mark(source: begin.source, line: begin.line, column: begin.column, length: rest.count)
      if let problem = MissingSpace.diagnostic(on: mark) { return problem }
      let key = Quotation.short(String(rest))
      return .error(
        "a colon is missing after a key", at: mark,
        remedy: isDeeper(begin.line + 1, than: begin) ? "write \(key):" : "write \(key): value")
    case "found unexpected end of stream" where failure.context?.contains("quoted scalar") ?? false:
      return .error("a quoted text does not end", at: begin, remedy: "close the quote")
    case _
    where failure.context?.contains("directive") ?? false && !wordings.contains { $0.matches(failure) }:
      return .error(
        "YAML has no such directive", at: begin, remedy: "remove this line, or put the text in quotes")
    default:
      return nil
    }
  }

  /// A line `- dense {units: 128}`, `- dense:{units: 128}` or `loss: hinge {margin: 1}`, which YAML takes for a text with a
  /// colon in it.
  private static func entryWithoutColon(on place: Mark) -> Diagnostic? {
    guard let line = place.source.line(place.line), line.utf8.count <= 200, let brace = line.firstIndex(of: "{") else {
      return nil
    }
    var start = line.firstIndex { $0 != " " && $0 != "-" } ?? line.startIndex
    guard start < brace else { return nil }
    var key: Substring?
    if let colon = line[start..<brace].lastIndex(of: ":"), line[line.index(after: colon)] == " " {
      key = line[start..<colon]
      start = line[colon..<brace].dropFirst().firstIndex { $0 != " " } ?? brace
    }
    let name = line[start..<brace].filter { $0 != " " && $0 != ":" }
    guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else { return nil }
    let column = line.distance(from: line.startIndex, to: start) + 1
    let length = line.distance(from: start, to: brace)
    let entry = "\(name): \(Quotation.short(String(line[brace...])))"
    return .error(
      "a colon and a space are missing behind \(name)",
      at: Mark(source: place.source, line: place.line, column: column, length: length),
      remedy: "write " + (key.map { "\($0): {\(entry)}" } ?? entry))
  }

  /// Whether a line begins to the right of a mark, so that it can hold what belongs to the key there.
  private static func isDeeper(_ line: Int, than mark: Mark) -> Bool {
    guard let text = mark.source.line(line)?.unicodeScalars else { return false }
    let blanks = text.prefix { $0 == " " }.count
    return blanks < text.count && (blanks >= mark.column || text.dropFirst(blanks).first == "-")
  }

  /// One complaint of libyaml and how it is said here.
  private struct Wording {
    let problem: String
    var context: String?
    let message: String
    let remedy: String
    /// What is said at the place where the construct began.
    var note: String?

    func matches(_ failure: EventStream.Failure) -> Bool {
      failure.problem == problem && (context.map { failure.context?.contains($0) ?? false } ?? true)
    }
  }

  private static func mark(_ position: EventStream.Position, _ source: Source) -> Mark {
    var line = position.line + 1
    var column = position.column + 1
    while line > source.lineCount
      || (line > 1 && column == 1 && line == source.lineCount && source.line(line) == "")
    {
      line -= 1
      column = (source.line(line)?.unicodeScalars.count ?? 0) + 1
      if line <= 1 { break }
    }
    return Mark(source: source, line: line, column: column)
  }

  /// The first tab before the text of a line, from where the failed construct began to where it failed.
  private static func tabInIndentation(_ failure: EventStream.Failure, _ source: Source) -> Mark? {
    let last = failure.place.line + 1
    let first = max(1, last - 1)
    for number in first...max(first, last) {
      guard let line = source.line(number) else { continue }
      let blanks = line.unicodeScalars.prefix { $0 == " " || $0 == "\t" }
      guard let tab = blanks.firstIndex(of: "\t"), blanks.endIndex < line.endIndex else { continue }
      let column = line.unicodeScalars.distance(from: line.startIndex, to: tab)
      return Mark(
        source: source, line: number, column: column + 1, length: blanks[tab...].prefix { $0 == "\t" }.count)
    }
    return nil
  }

  private static let wordings = [
    Wording(
      problem: "did not find expected ',' or ']'", message: "a comma or the closing ] of a list is missing",
      remedy: "write , or ] before this", note: "the list begins here"),
    Wording(
      problem: "did not find expected ',' or '}'",
      message: "a comma or the closing } of a mapping is missing",
      remedy: "write , or } before this", note: "the mapping begins here"),
    Wording(
      problem: "did not find expected key", message: "this does not line up with the keys above it",
      remedy: "indent it like them", note: "the keys begin here"),
    Wording(
      problem: "did not find expected '-' indicator", message: "this does not line up with the list above it",
      remedy: "begin it with - like the other entries", note: "the list begins here"),
    Wording(
      problem: "did not find expected node content", message: "a value is missing here",
      remedy: "write a value, or remove the comma or bracket"),
    Wording(
      problem: "block sequence entries are not allowed in this context",
      message: "a list entry cannot begin here",
      remedy: "indent it like the entries above, or begin the list on a line of its own"),
    Wording(
      problem: "mapping keys are not allowed in this context", message: "a key cannot begin here",
      remedy: "begin the mapping on a line of its own"),
    Wording(
      problem: "found unexpected document indicator", message: "a quoted text does not end before this line",
      remedy: "close the quote", note: "the quote opens here"),
    Wording(
      problem: "found unknown escape character", message: "this backslash begins no escape that YAML knows",
      remedy: "write \\\\ for a backslash, or use single quotes"),
    Wording(
      problem: "did not find expected hexdecimal number", message: "an escape lacks its hexadecimal digits",
      remedy: "write \\xHH or \\uHHHH"),
    Wording(
      problem: "found invalid Unicode character escape code", message: "an escape names no Unicode character",
      remedy: "use one between U+0001 and U+10FFFF, outside of the surrogates"),
    Wording(
      problem: "found undefined tag handle", message: "this tag has no meaning here", remedy: "remove the tag"
    ),
    Wording(
      problem: "did not find expected alphabetic or numeric character", context: "alias",
      message: "* refers to an anchor, but no name follows", remedy: "put the text in quotes"),
    Wording(
      problem: "did not find expected alphabetic or numeric character", context: "anchor",
      message: "& names an anchor, but no name follows", remedy: "put the text in quotes"),
    Wording(
      problem: "did not find expected <document start>", message: "text after the end of the document",
      remedy: "a spec is one mapping: check the indentation of this line"),
    Wording(
      problem: "did not find expected comment or line break",
      message: "text behind the | or > of a block text",
      remedy: "begin the text on the next line"),
    Wording(
      problem: "found unexpected ':'", message: "a colon without a space behind it",
      remedy: "write key: value with a space, or put the text in quotes"),
    Wording(
      problem: "found duplicate %YAML directive", message: "a second %YAML line", remedy: "remove it"),
    Wording(
      problem: "found incompatible YAML document", message: "this version of YAML is not supported",
      remedy: "remove the %YAML line"),
  ]
}
