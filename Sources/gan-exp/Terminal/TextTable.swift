import Datasets
import Specs

/// Rows of text in columns that line up.
struct TextTable {
  enum Alignment { case left, right }
  private(set) var alignments: [Alignment]
  private(set) var rows: [[String]] = []

  init(_ alignments: [Alignment]) { self.alignments = alignments }

  /// A row, whose cells may come out of files: nothing in them steers the terminal.
  mutating func add(_ row: [String]) { rows.append(row.map(DisplayText.printable)) }

  /// The table, two spaces between columns, without spaces at the ends of lines.
  var text: String {
    let widths = self.widths
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - DisplayText.width(cell))
        line += (column > 0 ? "  " : "") + (alignments[column] == .left ? cell + padding : padding + cell)
      }
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }

  /// The columns of the terminal that each column takes.
  var widths: [Int] {
    var widths = [Int](repeating: 0, count: alignments.count)
    for row in rows {
      for (column, cell) in row.enumerated() { widths[column] = max(widths[column], DisplayText.width(cell)) }
    }
    return widths
  }

  /// The table with other cells in one column.
  func map(column: Int, _ change: (String) -> String) -> TextTable {
    var table = TextTable(alignments)
    for row in rows { table.add(row.enumerated().map { $0 == column ? change($1) : $1 }) }
    return table
  }

  /// What the table takes from left to right.
  var width: Int { widths.reduce(0, +) + 2 * max(0, widths.count - 1) }

  /// The table for a terminal: where it is too wide, the cells of one column go on in the lines below.
  /// - Parameters:
  ///   - limit: the width; nil for as much as it takes.
  ///   - column: the one whose cells are wrapped between words, to 16 columns at least.
  func wrapped(to limit: Int?, column: Int) -> TextTable {
    guard let limit, width > limit else { return self }
    let room = max(16, widths[column] - (width - limit))
    var table = TextTable(alignments)
    for row in rows {
      guard row.count > column else {
        table.add(row)
        continue
      }
      for (index, part) in Wrapping.lines(of: row[column], width: room).enumerated() {
        table.add(
          row.enumerated().map { place, cell in place == column ? part : index == 0 ? cell : "" })
      }
    }
    return table
  }

  /// The table for a terminal: where it is too wide, the cells of one column lose their beginning, as of a long path the end
  /// says more.
  /// - Parameters:
  ///   - limit: the width; nil for as much as it takes.
  ///   - column: the one whose cells are shortened, to 16 columns at least.
  func shortened(to limit: Int?, column: Int) -> TextTable {
    guard let limit, width > limit else { return self }
    let room = max(16, widths[column] - (width - limit))
    return map(column: column) { Wrapping.ending($0, width: room) }
  }

  /// The table for a terminal: where it is too wide, in blocks one above the other, each with the first column.
  func blocks(width limit: Int) -> [TextTable] {
    let widths = self.widths
    var blocks: [[Int]] = []
    var taken = Int.max
    for column in alignments.indices.dropFirst() {
      if taken == .max || taken + 2 + widths[column] > limit {
        blocks.append([0])
        taken = widths[0]
      }
      blocks[blocks.count - 1].append(column)
      taken += 2 + widths[column]
    }
    return blocks.map { columns in
      var table = TextTable(columns.map { alignments[$0] })
      for row in rows { table.add(columns.map { row[$0] }) }
      return table
    }
  }

  /// The table for a terminal: where it is too wide, without the columns that matter least.
  /// - Parameters:
  ///   - empty: columns that are left out anyway.
  ///   - importance: groups of columns, each shown or left out as one, the most important first; others are always shown.
  ///   - limit: the width; nil for as much as it takes.
  func without(_ empty: [Int], importance: [[Int]], width limit: Int?) -> TextTable {
    let limit = limit ?? .max
    let widths = self.widths
    let importance = importance.map { $0.filter { !empty.contains($0) } }.filter { !$0.isEmpty }
    var shown = Set(alignments.indices).subtracting(importance.joined()).subtracting(empty)
    var taken = shown.reduce(-2) { $0 + widths[$1] + 2 }
    for group in importance {
      let more = group.reduce(0) { $0 + widths[$1] + 2 }
      guard taken + more <= limit else { continue }
      taken += more
      shown.formUnion(group)
    }
    var table = TextTable(alignments.indices.filter(shown.contains).map { alignments[$0] })
    for row in rows { table.add(row.indices.filter(shown.contains).map { row[$0] }) }
    return table
  }
}

/// Texts in lines of a width.
enum Wrapping {
  /// The lines of a text that is broken between words; a word that is longer than a line stays whole.
  static func lines(of text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in words(of: text) {
      let longer = line.isEmpty ? word : "\(line) \(word)"
      if line.isEmpty || DisplayText.width(longer) <= width {
        line = longer
      } else {
        lines.append(line)
        line = word
      }
    }
    return lines + [line]
  }

  /// The words of a text; the groups of three digits of a number are one.
  private static func words(of text: String) -> [String] {
    var words: [String] = []
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      let isGroup =
        word.count >= 3 && word.prefix(3).allSatisfy(\.isNumber) && word.dropFirst(3).first?.isNumber != true
      if isGroup, let last = words.last, last.last?.isNumber == true {
        words[words.count - 1] = "\(last) \(word)"
      } else {
        words.append(String(word))
      }
    }
    return words
  }

  /// The end of a text, with dots where its beginning is left out.
  static func ending(_ text: String, width: Int) -> String {
    guard DisplayText.width(text) > width else { return text }
    var short = ""
    for character in text.reversed() {
      guard DisplayText.width(short) + DisplayText.width(String(character)) <= width - 3 else { break }
      short.insert(character, at: short.startIndex)
    }
    return "..." + short
  }

  /// A text of at most so many columns, with dots where its end is left out.
  static func shortened(_ text: String, width: Int) -> String {
    guard DisplayText.width(text) > width else { return text }
    var short = ""
    for character in text {
      guard DisplayText.width(short) + DisplayText.width(String(character)) <= width - 3 else { break }
      short.append(character)
    }
    return short + "..."
  }
}
