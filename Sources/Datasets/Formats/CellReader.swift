import Files
import Specs

/// Takes a text of rows and columns apart line by line, in time linear in its bytes.
///
/// Cells are ranges of bytes; what they are called and which character they begin at is found out where a message says it.
struct CellReader {
  /// What separates cells.
  enum Delimiter: String, Choice {
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

  /// How many bytes of a file are read at once, where no line is longer.
  static let pieceLength = 1 << 20

  /// No line is longer: one of millions of cells is none of a table, and takes many times its length in memory.
  static let longestLine = 1 << 26

  /// The present line with what was read of those around it.
  private(set) var bytes: [UInt8]
  private let source: TextSource
  private var offset = 0
  private let delimiter: UInt8
  private var place = 0
  /// The number of the present line, from 1.
  private(set) var line = 0
  /// The cells of the present line, as they stand between delimiters.
  private(set) var cells: [Range<Int>] = []
  private var start = 0

  init(_ source: TextSource, _ delimiter: Delimiter) throws(FormatError) {
    self.source = source
    bytes = source.present
    self.delimiter = delimiter.byte
    if bytes.isEmpty { try fill() }
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { place = 3 }
  }

  /// An upper bound of the lines that are left.
  func remainingLines() throws(FormatError) -> Int { max(1, try source.lineEnds() - line + 1) }

  /// Lets go of the lines before the present place and reads on; false at the end of the text.
  @discardableResult
  private mutating func fill() throws(FormatError) -> Bool {
    // As much again as there is of a line, so that a long one is not looked through for each of its pieces.
    let more = try source.bytes(from: offset, count: max(CellReader.pieceLength, bytes.count - place))
    guard !more.isEmpty else { return false }
    bytes.removeFirst(min(place, bytes.count))
    place = 0
    bytes += more
    offset += more.count
    return true
  }

  /// Where the line that begins at the present place ends.
  private mutating func endOfLine() throws(FormatError) -> Int {
    var length = 0
    while true {
      var end = place + length
      while end < bytes.count, bytes[end] != 0x0a { end += 1 }
      length = end - place
      guard length <= CellReader.longestLine else {
        throw FormatError(
          "line \(line + 1) is longer than \(ByteCount.text(CellReader.longestLine))",
          remedy: "give a table with a line for each sample")
      }
      if end < bytes.count { return end }
      guard try fill() else { return bytes.count }
    }
  }

  /// Goes to the next line; false at the end, before which there may be empty lines.
  mutating func next() throws(FormatError) -> Bool {
    var emptyLine: Int?
    while true {
      var end = try endOfLine()
      guard place < bytes.count else { return false }
      start = place
      place = end + 1
      line += 1
      if end > start, bytes[end - 1] == 0x0d { end -= 1 }
      if bytes[start..<end].allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
        emptyLine = emptyLine ?? line
        continue
      }
      if let emptyLine { throw FormatError("line \(emptyLine): it is empty", remedy: "remove the empty line") }
      try split(start..<end)
      return true
    }
  }

  private mutating func split(_ content: Range<Int>) throws(FormatError) {
    cells.removeAll(keepingCapacity: true)
    let (bytes, delimiter) = (bytes, delimiter)
    var begin = content.lowerBound
    while true {
      if delimiter == 0x20 {
        while begin < content.upperBound, bytes[begin] == delimiter { begin += 1 }
        if begin == content.upperBound { return }
      }
      var end = begin
      var isQuoted = false
      while end < content.upperBound {
        let byte = bytes[end]
        if byte == UInt8(ascii: "\"") { isQuoted.toggle() } else if byte == delimiter, !isQuoted { break }
        end += 1
      }
      guard !isQuoted else {
        let character = String(decoding: bytes[content.lowerBound..<begin], as: UTF8.self).unicodeScalars.count + 1
        throw FormatError(
          "line \(line), column \(cells.count + 1), character \(character): a quote is not closed on its line",
          remedy: "write two quotes for one within quotes")
      }
      cells.append(begin..<end)
      guard end < content.upperBound else { return }
      begin = end + 1
    }
  }

  /// A cell, by its index, without space around it, and without quotes around that where nothing within is quoted.
  private func trimmed(_ index: Int) -> (range: Range<Int>, isQuoted: Bool) {
    var (low, high) = (cells[index].lowerBound, cells[index].upperBound)
    while low < high, bytes[low] == 0x20 || bytes[low] == 0x09 { low += 1 }
    while low < high, bytes[high - 1] == 0x20 || bytes[high - 1] == 0x09 { high -= 1 }
    guard high - low >= 2, bytes[low] == UInt8(ascii: "\""), bytes[high - 1] == UInt8(ascii: "\"") else {
      return (low..<high, false)
    }
    return ((low + 1)..<(high - 1), true)
  }

  /// The finite number that a cell is.
  func number(_ index: Int) -> Double? {
    // Two quotes within quotes are one, and no number has any.
    NumberText.number(bytes, trimmed(index).range)
  }

  /// The bytes of a cell's text.
  func content(_ index: Int) -> [UInt8] {
    let (range, isQuoted) = trimmed(index)
    guard isQuoted else { return Array(bytes[range]) }
    var result: [UInt8] = []
    var isSecond = false
    for byte in bytes[range] {
      isSecond = byte == UInt8(ascii: "\"") && !isSecond
      if !isSecond { result.append(byte) }
    }
    return result
  }

  /// A cell's text.
  func text(_ index: Int) -> String { String(decoding: content(index), as: UTF8.self) }

  /// A cell's text as messages show it: short and in quotes.
  func quoted(_ index: Int) -> String { CellReader.quoted(text(index)) }

  /// A text as messages show it.
  static func quoted(_ text: String) -> String {
    let short = text.unicodeScalars.prefix(30).map { $0.value < 0x20 || $0.value == 0x7f ? "?" : String($0) }
    return text.isEmpty ? "an empty cell" : "\"\(short.joined())\(text.unicodeScalars.count > 30 ? "..." : "")\""
  }
}
