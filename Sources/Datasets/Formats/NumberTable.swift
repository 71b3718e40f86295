/// A text file of numbers in rows and columns, read strictly: every mistake has its line and column.
struct NumberTable: Sendable {
  /// What separates cells.
  enum Delimiter: String, CaseIterable, Sendable {
    case comma, semicolon, tab, space

    var byte: UInt8 {
      switch self {
      case .comma: UInt8(ascii: ",")
      case .semicolon: UInt8(ascii: ";")
      case .tab: UInt8(ascii: "\t")
      case .space: UInt8(ascii: " ")
      }
    }
  }

  /// Whether the first line names the columns.
  enum Header: String, CaseIterable, Sendable {
    /// It does where one of its cells is not a number.
    case auto
    case present
    case absent
  }

  /// The number of rows.
  let count: Int
  /// The numbers [count, columns] of the columns that were asked for.
  let numbers: [Double]
  /// The texts of the column of labels.
  let labels: [String]
  /// The columns that were asked for, counted from 1, or all but the labels.
  let columns: [Int]
  /// What those columns are called, where the first line says.
  let names: [String]?
  /// The line of each row.
  let lines: [Int]

  /// Reads a file.
  /// - Parameters:
  ///   - columns: counted from 1; nil for all but the labels.
  ///   - label: the column of labels, counted from 1.
  init(
    parsing bytes: [UInt8], delimiter: Delimiter, header: Header, columns wanted: [Int]?, label: Int?
  ) throws(FormatError) {
    var reader = Reader(bytes: bytes, delimiter: delimiter.byte)
    guard var row = try reader.row() else { throw FormatError("it has no rows") }
    let width = row.count
    if let wrong = ((wanted ?? []) + [label].compactMap { $0 }).first(where: { $0 > width }) {
      throw FormatError("it has \(width) columns, but column \(wrong) is asked for")
    }
    let chosen = wanted ?? (1...width).filter { $0 != label }
    guard !chosen.isEmpty else { throw FormatError("it has no column beside the labels") }
    var (numbers, labels, lines): ([Double], [String], [Int]) = ([], [], [])
    let isNamed = header == .present || header == .auto && chosen.contains { row[$0 - 1].number == nil }
    names = isNamed ? chosen.map { row[$0 - 1].text } : nil
    if isNamed {
      guard let next = try reader.row() else { throw FormatError("it has no rows beside the names of its columns") }
      row = next
    }
    while true {
      guard row.count == width else {
        throw FormatError("line \(reader.line): it has \(row.count) cells, but the first line has \(width)")
      }
      for column in chosen {
        let cell = row[column - 1]
        guard let number = cell.number else {
          throw FormatError(
            "line \(reader.line), column \(cell.place): \(cell.quoted) is not a number"
              + (isNamed || lines.count > 0 || header == .auto ? "" : "; is it a header?"))
        }
        numbers.append(number)
      }
      if let label { labels.append(row[label - 1].text) }
      lines.append(reader.line)
      guard let next = try reader.row() else { break }
      row = next
    }
    (self.numbers, self.labels, self.lines, self.columns) = (numbers, labels, lines, chosen)
    count = lines.count
  }

  /// One cell of a row.
  struct Cell {
    let text: String
    /// The character of the line, from 1, at which it begins.
    let place: Int

    /// The finite number that it is, in the notation of YAML's core schema without hexadecimals.
    var number: Double? {
      let allowed = text.utf8.allSatisfy {
        switch $0 {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"),
          UInt8(ascii: "e"), UInt8(ascii: "E"):
          true
        default: false
        }
      }
      guard allowed, let number = Double(text), number.isFinite else { return nil }
      return number
    }

    /// As messages show it.
    var quoted: String {
      let short = text.unicodeScalars.prefix(30).map { $0.value < 0x20 || $0.value == 0x7f ? "?" : String($0) }
      return text.isEmpty ? "an empty cell" : "\"\(short.joined())\(text.unicodeScalars.count > 30 ? "..." : "")\""
    }
  }

  /// Takes a text apart line by line.
  private struct Reader {
    let bytes: [UInt8]
    let delimiter: UInt8
    var place = 0
    var line = 0

    init(bytes: [UInt8], delimiter: UInt8) {
      self.bytes = bytes
      self.delimiter = delimiter
      if bytes.starts(with: [0xef, 0xbb, 0xbf]) { place = 3 }
    }

    /// The cells of the next line; nil at the end, before which there may be empty lines.
    mutating func row() throws(FormatError) -> [Cell]? {
      var emptyLine: Int?
      while place < bytes.count {
        let end = bytes[place...].firstIndex(of: 0x0a) ?? bytes.count
        var content = bytes[place..<end]
        if content.last == 0x0d { content.removeLast() }
        place = end + 1
        line += 1
        guard !content.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else {
          emptyLine = emptyLine ?? line
          continue
        }
        if let emptyLine { throw FormatError("line \(emptyLine): it is empty") }
        return try cells(content)
      }
      return nil
    }

    private func cells(_ content: ArraySlice<UInt8>) throws(FormatError) -> [Cell] {
      var cells: [Cell] = []
      var start = content.startIndex
      while true {
        while delimiter == 0x20, start < content.endIndex, content[start] == delimiter { start += 1 }
        if delimiter == 0x20, start == content.endIndex { return cells }
        var end = start
        var isQuoted = false
        while end < content.endIndex, isQuoted || content[end] != delimiter {
          if content[end] == UInt8(ascii: "\"") { isQuoted.toggle() }
          end += 1
        }
        let character = String(decoding: content[content.startIndex..<start], as: UTF8.self).unicodeScalars.count + 1
        guard !isQuoted else {
          throw FormatError("line \(line), column \(character): a quote is not closed on its line")
        }
        cells.append(Cell(text: text(content[start..<end]), place: character))
        guard end < content.endIndex else { return cells }
        start = end + 1
      }
    }

    /// A cell without space around it, and without quotes around that.
    private func text(_ cell: ArraySlice<UInt8>) -> String {
      var trimmed = cell.drop { $0 == 0x20 || $0 == 0x09 }
      while let last = trimmed.last, last == 0x20 || last == 0x09 { trimmed.removeLast() }
      guard trimmed.count >= 2, trimmed.first == UInt8(ascii: "\""), trimmed.last == UInt8(ascii: "\"") else {
        return String(decoding: trimmed, as: UTF8.self)
      }
      var result: [UInt8] = []
      var isSecond = false
      for byte in trimmed.dropFirst().dropLast() {
        // Two quotes within quotes are one.
        isSecond = byte == UInt8(ascii: "\"") && !isSecond
        if !isSecond { result.append(byte) }
      }
      return String(decoding: result, as: UTF8.self)
    }
  }
}
