import Datasets

/// A CSV file as it was read: named columns, and rows of texts.
///
/// Cells are numbers or nothing; there are no quotes.
public struct CSVTable: Equatable, Sendable {
  /// The names of the columns, from the first line.
  public let columns: [String]
  /// The cells of the other lines, in each as many as there are columns.
  public let rows: [[String]]

  /// Reads the bytes of a file.
  ///
  /// A last line without its line feed is one that was being written when the program was stopped: it is ignored.
  /// Throws when there is no first line, when a line has too many or too few cells, and when it is not UTF-8.
  public init(parsing bytes: [UInt8]) throws(FormatError) {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    lines.removeLast()
    guard let header = lines.first else { throw FormatError("it has no line with the names of its columns") }
    columns = try Self.cells(header, line: 1)
    var rows: [[String]] = []
    rows.reserveCapacity(lines.count)
    for (index, line) in lines.enumerated().dropFirst() {
      let cells = try Self.cells(line, line: index + 1)
      guard cells.count == columns.count else {
        throw FormatError(
          "line \(index + 1) has \(cells.count) cells, but there are \(columns.count) columns")
      }
      rows.append(cells)
    }
    self.rows = rows
  }

  /// Reads a file.
  public init(path: String) throws(FileError) {
    let bytes = try DurableFile.read(path)
    do {
      try self.init(parsing: bytes)
    } catch {
      throw FileError(path: path, damaged: error.problem)
    }
  }

  /// The texts of a column from top to bottom; nothing when there is no such column.
  public func column(_ name: String) -> [String]? {
    guard let index = columns.firstIndex(of: name) else { return nil }
    return rows.map { $0[index] }
  }

  /// The numbers of a column from top to bottom, with nothing where a cell is not a number.
  public func numbers(_ name: String) -> [Double?]? {
    column(name)?.map { Double($0) }
  }

  private static func cells(_ line: ArraySlice<UInt8>, line number: Int) throws(FormatError) -> [String] {
    guard let text = String(validating: line, as: UTF8.self) else {
      throw FormatError("line \(number) is not UTF-8")
    }
    return text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }
}
