/// A CSV file as it was read: named columns, and rows of texts.
///
/// Cells are numbers or nothing; there are no quotes.
package struct CSVTable: Equatable, Sendable {
  /// The names of the columns, from the first line.
  package let columns: [String]
  /// The cells of the other lines, in each as many as there are columns.
  package let rows: [[String]]

  /// Reads the bytes of a file.
  ///
  /// A last line without its line feed is one that was being written when the program was stopped: it is ignored.
  /// Throws when there is no first line, when a line has too many or too few cells, and when it is not UTF-8.
  package init(parsing bytes: [UInt8]) throws(FormatError) {
    var reader = CSVLines()
    try reader.add(bytes)
    self = try CSVTable(reader)
  }

  /// Reads a file, a part at a time.
  package init(path: String) throws(FileError) {
    let file = try OpenFile.reading(path)
    var reader = CSVLines()
    func damaged(_ body: () throws(FormatError) -> Void) throws(FileError) {
      do throws(FormatError) { try body() } catch { throw FileError(path: path, damaged: error.problem) }
    }
    try file.forEachPart(of: 0..<Int.max) { part throws(FileError) in
      try damaged { () throws(FormatError) in try reader.add(part) }
    }
    do throws(FormatError) {
      self = try CSVTable(reader)
    } catch {
      throw FileError(path: path, damaged: error.problem)
    }
  }

  private init(_ lines: CSVLines) throws(FormatError) {
    guard let columns = lines.columns else { throw FormatError("it has no line with the names of its columns") }
    self.columns = columns
    rows = lines.rows
  }

  /// The texts of a column from top to bottom; nothing when there is no such column.
  package func column(_ name: String) -> [String]? {
    guard let index = columns.firstIndex(of: name) else { return nil }
    return rows.map { $0[index] }
  }

  /// The numbers of a column from top to bottom, with nothing where a cell is not a number.
  package func numbers(_ name: String) -> [Double?]? {
    column(name)?.map { Double($0) }
  }
}

/// The lines of a CSV file as its bytes come in.
private struct CSVLines {
  private(set) var columns: [String]?
  private(set) var rows: [[String]] = []
  /// What came after the last line feed.
  private var torn: [UInt8] = []

  /// The most bytes of a line: a file without any line feed, however large, is no table.
  private static let longestLine = 1 << 20

  mutating func add(_ bytes: [UInt8]) throws(FormatError) {
    var rest = bytes[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      try add(line: torn + rest[..<end])
      torn.removeAll(keepingCapacity: true)
      rest = rest[(end + 1)...]
    }
    torn += rest
    guard torn.count <= CSVLines.longestLine else {
      throw FormatError("line \(number) has more than \(CSVLines.longestLine) bytes")
    }
  }

  private var number: Int { (columns == nil ? 0 : 1) + rows.count + 1 }

  private mutating func add(line: [UInt8]) throws(FormatError) {
    guard String(validating: line, as: UTF8.self) != nil else { throw FormatError("line \(number) is not UTF-8") }
    // A comma's byte is part of no other character.
    let cells = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    guard let columns else {
      columns = cells
      return
    }
    guard cells.count == columns.count else {
      throw FormatError("line \(number) has \(cells.count) cells, but there are \(columns.count) columns")
    }
    rows.append(cells)
  }
}
