/// One line of a source cut to a width, and where a mark falls in it.
struct Excerpt {
  /// What is shown of the line.
  let text: String
  /// The columns before the mark.
  let indentation: Int
  /// The columns under the mark, at least 1.
  let underline: Int
  /// Whether the whole line is shown, so that other marks of the line may share it.
  let isWhole: Bool

  /// How many characters beside the mark are looked at: no line is so narrow that more could be shown.
  private static let reach = 256

  /// Cuts the line of a mark to `width` columns around it.
  init(of mark: Mark, width: Int) {
    let line = (mark.source.line(mark.line) ?? "").unicodeScalars
    let skipped = max(0, mark.column - 1 - Excerpt.reach)
    let isCutInFront = skipped > 0
    let from = line.index(line.startIndex, offsetBy: skipped, limitedBy: line.endIndex) ?? line.endIndex
    let slice = line[from...].prefix(2 * Excerpt.reach)
    let cells = slice.map(DisplayText.cell)
    let caret = min(cells.count, mark.column - 1 - skipped)
    let end = min(cells.count, caret + mark.length)
    let isCutBehind = slice.endIndex < line.endIndex
    if !isCutInFront, !isCutBehind, Excerpt.width(cells[...]) <= width {
      var text = cells.map(\.text).joined()
      while text.utf8.last == UInt8(ascii: " ") { text.removeLast() }
      self.text = text
      indentation = Excerpt.width(cells[..<caret])
      underline = max(1, Excerpt.width(cells[caret..<end]))
      isWhole = true
      return
    }
    // A window that begins a third of the width before the mark, or earlier when the line ends soon.
    var start = caret
    var room = width / 3
    while start > 0, room >= cells[start - 1].width {
      start -= 1
      room -= cells[start].width
    }
    while start > 0, Excerpt.width(cells[(start - 1)...]) <= width - 2 { start -= 1 }
    let hasFront = isCutInFront || start > 0
    var stop = start
    var used = (hasFront ? 1 : 0) + 1
    while stop < cells.count, used + cells[stop].width <= width {
      used += cells[stop].width
      stop += 1
    }
    let hasBack = isCutBehind || stop < cells.count
    text = (hasFront ? "…" : "") + cells[start..<stop].map(\.text).joined() + (hasBack ? "…" : "")
    indentation = (hasFront ? 1 : 0) + Excerpt.width(cells[start..<caret])
    underline = max(1, Excerpt.width(cells[min(caret, stop)..<min(end, stop)]))
    isWhole = false
  }

  private static func width(_ cells: ArraySlice<(text: String, width: Int)>) -> Int {
    cells.reduce(0) { $0 + $1.width }
  }
}
