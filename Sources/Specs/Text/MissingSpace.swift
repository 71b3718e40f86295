/// A line whose colon or dash lacks the space behind it: YAML takes it for a text and stumbles over what follows.
enum MissingSpace {
  /// What is wrong with the line on which reading failed, or with the last one before it that says something; `nil` where
  /// both are as they should be.
  static func diagnostic(before place: Mark) -> Diagnostic? {
    if let dash = dash(on: place.line, of: place.source) { return dash }
    var number = place.line - 1
    while number > 0, saysNothing(place.source.line(number)) { number -= 1 }
    return dash(on: number, of: place.source) ?? colon(on: number, of: place.source)
  }

  /// What is wrong with a line, which is a text for YAML.
  static func diagnostic(on mark: Mark) -> Diagnostic? {
    dash(on: mark.line, of: mark.source) ?? colon(on: mark.line, of: mark.source)
  }

  /// A text of several words that begins a list without saying so, `-flatten -relu`: its first entry as it is written.
  static func entry(in text: String) -> String? {
    guard text.first == "-", let second = text.dropFirst().first, second.isLetter else { return nil }
    return "- " + text.dropFirst().prefix { $0 != " " }
  }

  /// A line `-flatten`.
  private static func dash(on number: Int, of source: Source) -> Diagnostic? {
    guard let (rest, mark) = content(of: number, source), rest.first == "-",
      rest.dropFirst().first?.properties.isAlphabetic ?? false
    else { return nil }
    return .error(
      "a dash without a space behind it", at: mark, remedy: "write - " + Quotation.short(String(rest.dropFirst())))
  }

  /// A line `key:value`.
  private static func colon(on number: Int, of source: Source) -> Diagnostic? {
    guard let (rest, mark) = content(of: number, source), rest.first != "-" else { return nil }
    return colon(in: rest, at: mark)
  }

  /// A text `key:value`.
  static func colon(in text: Substring.UnicodeScalarView, at mark: Mark) -> Diagnostic? {
    guard !String(text).contains(": "), let colon = text.firstIndex(of: ":"), colon != text.startIndex else {
      return nil
    }
    let (key, value) = (String(text[..<colon]), String(text[text.index(after: colon)...]))
    return .error(
      "a colon without a space behind it", at: mark,
      remedy: "write \(Quotation.short(key)): \(Quotation.short(value))")
  }

  private static func content(of number: Int, _ source: Source) -> (Substring.UnicodeScalarView, Mark)? {
    guard let line = source.line(number)?.unicodeScalars else { return nil }
    let blanks = line.prefix { $0 == " " }.count
    let rest = line.dropFirst(blanks)
    return (rest, Mark(source: source, line: number, column: blanks + 1, length: rest.count))
  }

  /// Whether a line is empty or a comment.
  private static func saysNothing(_ line: Substring?) -> Bool {
    line?.unicodeScalars.first { $0 != " " && $0 != "\t" }.map { $0 == "#" } ?? true
  }
}
