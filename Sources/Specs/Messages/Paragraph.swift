/// Words laid out in lines that fit a terminal.
package enum Paragraph {
  /// The least columns that words get, however narrow the terminal.
  private static let narrowest = 20

  /// The words of `text` in lines of at most `width` columns: the first behind `beginning`, the others indented as much.
  ///
  /// A word that is wider than the room has a line of its own.
  package static func lines(_ text: String, behind beginning: String = "", width: Int) -> [String] {
    let indentation = String(repeating: " ", count: DisplayText.width(beginning))
    let room = max(width - DisplayText.width(beginning), narrowest)
    var rows: [(text: String, width: Int)] = []
    for word in text.split(separator: " ").map(String.init) {
      let size = DisplayText.width(word)
      if let last = rows.last, last.width + 1 + size <= room {
        rows[rows.count - 1] = (last.text + " " + word, last.width + 1 + size)
      } else {
        rows.append((word, size))
      }
    }
    return rows.enumerated().map { ($0.offset == 0 ? beginning : indentation) + $0.element.text }
  }
}
