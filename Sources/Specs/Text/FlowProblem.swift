/// What cuts a list or mapping in brackets short: a comment that takes its end, a closing bracket that is not there, or a
/// variable that begins another one.
enum FlowProblem {
  /// How many lines of it are looked at.
  private static let most = 200

  /// The cause of a missing comma or bracket; `nil` where nothing of the kind is seen.
  static func diagnostic(for failure: EventStream.Failure, at place: Mark, begin: Mark) -> Diagnostic? {
    let closing: Unicode.Scalar
    switch failure.problem {
    case "did not find expected ',' or '}'": closing = "}"
    case "did not find expected ',' or ']'": closing = "]"
    default: return nil
    }
    let noun = closing == "}" ? "mapping" : "list"
    let related = [(mark: begin, note: "the \(noun) begins here")]
    if let comment = comment(from: begin, to: place, holding: closing) {
      let takes = comment.hasClosing ? "the closing \(closing) with it" : "a comma with it"
      return .error(
        "the comment goes on to the end of the line and takes \(takes)", at: comment.mark,
        remedy: comment.hasClosing ? "move it behind the \(closing)" : "move the comma before it", related: related)
    }
    if let end = end(from: begin, to: place, closing) {
      return .error(
        "the closing \(closing) of a \(noun) is missing", at: end, remedy: "write \(closing) here", related: related)
    }
    let before = place.source.line(place.line)?.unicodeScalars.prefix(place.column - 1) ?? Substring().unicodeScalars
    let rest = place.source.line(place.line)?.unicodeScalars.dropFirst(place.column - 1) ?? Substring().unicodeScalars
    if before.last == "$", rest.first == "{", let name = ForeignNotation.variable(in: "$" + String(rest)) {
      return .error(
        "a spec has no variables",
        at: Mark(source: place.source, line: place.line, column: place.column - 1, length: name.count + 3),
        remedy: "write a value here, and change it with --set")
    }
    return nil
  }

  /// The first comment between two places whose text holds a closing bracket, or ends with the comma that is missing.
  private static func comment(
    from begin: Mark, to place: Mark, holding closing: Unicode.Scalar
  ) -> (mark: Mark, hasClosing: Bool)? {
    for (number, line) in lines(from: begin, to: place) {
      let first = number == begin.line ? begin.column - 1 : 0
      guard let start = commentStart(in: line, after: first), number < place.line || start < place.column - 1 else {
        continue
      }
      let text = line[start...]
      let hasClosing = text.contains(closing)
      guard hasClosing || text.last(where: { $0 != " " }) == "," else { continue }
      return (Mark(source: place.source, line: number, column: start + 1, length: text.count), hasClosing)
    }
    return nil
  }

  /// Behind the last value before a line that stands where keys beside the whole stand, and closes nothing; `nil` where
  /// the lines go on as those within do.
  private static func end(from begin: Mark, to place: Mark, _ closing: Unicode.Scalar) -> Mark? {
    var end: Mark?
    var indentation = 0
    for (number, line) in lines(from: begin, to: place) {
      let blanks = line.prefix { $0 == " " }.count
      let start = commentStart(in: line, after: number == begin.line ? begin.column - 1 : 0) ?? line.count
      let content = line[..<start].lastIndex { $0 != " " }.map { $0 + 1 } ?? 0
      guard content > blanks else { continue }
      if number == begin.line {
        indentation = blanks
      } else if blanks <= indentation {
        let opening: Unicode.Scalar = closing == "}" ? "{" : "["
        return line.count { $0 == closing } > line.count { $0 == opening } ? nil : end
      }
      end = Mark(source: place.source, line: number, column: content + 1)
    }
    // At the end of the text nothing goes on.
    let rest = place.source.line(place.line)?.unicodeScalars.dropFirst(place.column - 1)
    return place.line >= place.source.lineCount - 1 && rest?.isEmpty ?? true ? end : nil
  }

  /// The lines from one place to another, as far as they are looked at.
  private static func lines(from begin: Mark, to place: Mark) -> [(number: Int, scalars: [Unicode.Scalar])] {
    guard begin.line <= place.line else { return [] }
    return (begin.line...min(place.line, begin.line + most)).compactMap { number in
      place.source.line(number).map { (number, Array($0.unicodeScalars.prefix(2000))) }
    }
  }

  /// Where the comment of a line begins, at a place or behind it.
  private static func commentStart(in line: [Unicode.Scalar], after first: Int) -> Int? {
    var quote: Unicode.Scalar?
    for index in line.indices.dropFirst(first) {
      let scalar = line[index]
      if let open = quote {
        if scalar == open { quote = nil }
      } else if scalar == "\"" || scalar == "'" {
        quote = scalar
      } else if scalar == "#", index == 0 || line[index - 1] == " " || line[index - 1] == "\t" {
        return index
      }
    }
    return nil
  }
}
