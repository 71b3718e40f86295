/// Lays diagnostics out for people: place, message, the lines in question, carets and the remedy.
///
/// ```
/// dcgan.yaml:17:5: error: reshape to [7, 7, 128] needs 6272 values a sample, but receives 6271
///    16 |   - dense: {units: 6271}
///       |                    ~~~~ produced here: [6271]
///    17 |   - reshape: {shape: [7, 7, 128]}
///       |     ^~~~~~~ use units: 6272
/// ```
package struct DiagnosticRenderer {
  /// How many diagnostics are shown; the rest is counted.
  package static let shownLimit = 20
  /// The columns no line of a source exceeds where it is not known how wide a terminal is, and the least that they get.
  private static let (usual, least) = (120, 40)

  private let color: Bool
  private let program: String
  /// The columns that lines have; `nil` for sentences as long as they are.
  private let width: Int?

  /// Uses terminal colours only when told to; what has no place in a text begins with the program's name.
  /// - Parameter width: the columns of the terminal, in which sentences are broken between words; `nil` for a file or a
  ///   pipe.
  package init(color: Bool, program: String = "", width: Int? = nil) {
    self.color = color
    self.program = program
    self.width = width.map { max($0, DiagnosticRenderer.least) }
  }

  /// The columns behind the gutter.
  private var room: Int { (width ?? DiagnosticRenderer.usual) - 8 }

  /// The text of everything a collector holds, in order of place.
  package func render(_ diagnostics: Diagnostics) -> String {
    render(diagnostics.all, omitted: diagnostics.omittedCount)
  }

  /// The text of diagnostics in the order given, with a line break behind each; `omitted` more were only counted.
  package func render(_ diagnostics: [Diagnostic], omitted: Int = 0) -> String {
    var text = diagnostics.prefix(DiagnosticRenderer.shownLimit).map(render).joined()
    let rest = diagnostics.count - min(diagnostics.count, DiagnosticRenderer.shownLimit) + omitted
    if rest > 0 { text += "and \(rest) more\n" }
    return text
  }

  private func render(_ diagnostic: Diagnostic) -> String {
    let severity = diagnostic.severity == .error ? ("error: ", Style.error) : ("warning: ", Style.warning)
    var text = header(diagnostic.mark, severity.0, severity.1, diagnostic.message)
    guard let mark = diagnostic.mark else {
      return text + ((diagnostic.remedy.map { lines($0, room - 1) } ?? []) + diagnostic.lines).map(line).joined()
    }
    var notes = [Note(mark: mark, text: diagnostic.remedy ?? "", isPrimary: true)]
    notes += diagnostic.related.filter { $0.mark.source == mark.source }.map {
      Note(mark: $0.mark, text: $0.note)
    }
    text += excerpts(notes)
    for (mark, note) in diagnostic.related where mark.source != diagnostic.mark?.source {
      text += header(mark, "note: ", .note, note)
      text += excerpts([Note(mark: mark, text: "")])
    }
    return text + diagnostic.lines.map(line).joined()
  }

  /// A line below an excerpt, or of what has none.
  private func line(_ text: String) -> String {
    "         " + styled(DisplayText.printable(text), .remedy) + "\n"
  }

  /// A sentence in the lines that it takes.
  private func lines(_ text: String, _ room: Int) -> [String] {
    width == nil ? [text] : Paragraph.lines(text, width: room)
  }

  private func header(_ mark: Mark?, _ word: String, _ style: Style, _ message: String) -> String {
    let place = mark.map { DisplayText.printable($0.location) + ": " } ?? (program.isEmpty ? "" : program + ": ")
    let beginning = (mark == nil ? place : styled(place, .place)) + styled(word, style)
    guard let width else { return beginning + styled(DisplayText.printable(message), .place) + "\n" }
    // The first line has place and word before it; the others stand two columns in.
    let taken = String(repeating: "x", count: DisplayText.width(place + word) - 2)
    let lines = Paragraph.lines("\(taken) \(DisplayText.printable(message))", width: width - 2)
    let first = String(lines[0].dropFirst(taken.count + 1))
    return beginning + ([first] + lines.dropFirst()).map { styled($0, .place) }.joined(separator: "\n  ") + "\n"
  }

  private struct Note {
    let mark: Mark
    let text: String
    var isPrimary = false
  }

  /// The lines of the notes of one source, each followed by its carets.
  private func excerpts(_ notes: [Note]) -> String {
    var text = ""
    var shown: Int?
    for note in notes.sorted(by: { ($0.mark.line, $0.mark.column) < ($1.mark.line, $1.mark.column) }) {
      guard !note.mark.source.text.isEmpty else {
        text += note.text.isEmpty ? "" : line(note.text)
        continue
      }
      let excerpt = Excerpt(of: note.mark, width: room)
      if shown != note.mark.line || !excerpt.isWhole {
        let number = String(note.mark.line)
        let gutter = String(repeating: " ", count: max(0, 5 - number.count)) + number + " |"
        text += styled(gutter, .gutter) + (excerpt.text.isEmpty ? "" : " " + excerpt.text) + "\n"
        shown = note.mark.line
      }
      text += carets(note, under: excerpt)
    }
    return text
  }

  private func carets(_ note: Note, under excerpt: Excerpt) -> String {
    let gutter = styled("      | ", .gutter)
    let words = DisplayText.printable(note.text)
    let tail = String(repeating: "~", count: excerpt.underline - 1)
    let carets = styled((note.isPrimary ? "^" : "~") + tail, note.isPrimary ? .error : .note)
    let row = gutter + String(repeating: " ", count: excerpt.indentation) + carets
    guard !words.isEmpty else { return row + "\n" }
    let end = excerpt.indentation + excerpt.underline + 1
    let size = DisplayText.width(words)
    let style = note.isPrimary ? Style.remedy : .note
    // Words that do not fit behind the carets go below, as near to them as they fit.
    if end + size <= room || width == nil && end <= 24 { return row + " " + styled(words, style) + "\n" }
    let below = lines(words, room)
    let longest = below.map(DisplayText.width).max() ?? size
    let start = String(repeating: " ", count: max(0, min(excerpt.indentation, room - longest)))
    return row + "\n" + below.map { gutter + start + styled($0, style) + "\n" }.joined()
  }

  private enum Style: String {
    case error = "1;31"
    case warning = "1;35"
    case note = "36"
    case place = "1"
    case gutter = "2"
    case remedy = "32"
  }

  private func styled(_ text: String, _ style: Style) -> String {
    color && !text.isEmpty ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }
}
