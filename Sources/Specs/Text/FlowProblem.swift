/// What cuts a list or mapping in brackets short: a comment that takes its end, or a variable that begins another one.
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
    if let comment = comment(from: begin, to: place, holding: closing) {
      let takes = comment.hasClosing ? "the closing \(closing) with it" : "a comma with it"
      return .error(
        "the comment goes on to the end of the line and takes \(takes)", at: comment.mark,
        remedy: comment.hasClosing ? "move it behind the \(closing)" : "move the comma before it",
        related: [(mark: begin, note: "the \(noun) begins here")])
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

  /// The first comment between two places whose text holds a closing bracket, or else a comma.
  private static func comment(
    from begin: Mark, to place: Mark, holding closing: Unicode.Scalar
  ) -> (mark: Mark, hasClosing: Bool)? {
    guard begin.line <= place.line else { return nil }
    for number in begin.line...min(place.line, begin.line + most) {
      guard let line = place.source.line(number)?.unicodeScalars else { continue }
      let scalars = Array(line.prefix(2000))
      var quote: Unicode.Scalar?
      for (index, scalar) in scalars.enumerated() {
        if number == begin.line, index < begin.column - 1 { continue }
        if number == place.line, index >= place.column - 1 { break }
        if let open = quote {
          if scalar == open { quote = nil }
        } else if scalar == "\"" || scalar == "'" {
          quote = scalar
        } else if scalar == "#", index == 0 || scalars[index - 1] == " " || scalars[index - 1] == "\t" {
          let text = scalars[index...]
          guard text.contains(closing) || text.contains(",") else { break }
          return (
            Mark(source: place.source, line: number, column: index + 1, length: text.count), text.contains(closing)
          )
        }
      }
    }
    return nil
  }
}
