import Datasets
import Glibc

/// A CSV file that grows by rows, and that a checkpoint can cut back to what it was.
///
/// Rows wait in memory until `flush`; rows that were not flushed are lost with the value.
public struct CSVFile: ~Copyable, Sendable {
  /// One cell of a row.
  public enum Cell: Equatable, Sendable, CustomStringConvertible {
    case integer(Int)
    case float(Float)
    case double(Double)
    /// Nothing was measured.
    case empty

    /// The shortest digits that read back as the same number; nothing for an empty cell.
    public var description: String {
      switch self {
      case .integer(let value): value.description
      case .float(let value): value.description
      case .double(let value): value.description
      case .empty: ""
      }
    }
  }

  /// How far a file had grown, and the digest of what it was then.
  public struct Position: Equatable, Sendable {
    /// The number of bytes.
    public let length: Int
    /// The SHA-256 of these bytes.
    public let digest: String

    /// Restores a position that was written down.
    public init(length: Int, digest: String) {
      self.length = length
      self.digest = digest
    }
  }

  /// The file.
  public let path: String
  /// The names of the columns.
  public let columns: [String]
  private let file: OpenFile
  private var length: Int
  private var pending: [UInt8] = []

  /// The number of waiting bytes at which they are written without being asked.
  private static let patience = 1 << 16

  /// Starts a file with the line of its columns' names, in place of one that has its path.
  public static func create(_ path: String, columns: [String]) throws(FileError) -> CSVFile {
    let file = try OpenFile(path, O_RDWR | O_CREAT | O_TRUNC, for: .create)
    var table = CSVFile(file: file, columns: columns, length: 0)
    table.pending = header(columns)
    try table.flush()
    return table
  }

  /// Opens a file again at a position that it had, and cuts off durably what has been written since.
  ///
  /// Throws when the bytes up to there are not those of the position, or when the columns are others; the file is
  /// then left as it is.
  public static func resume(
    _ path: String, columns: [String], at position: Position
  ) throws(FileError) -> CSVFile {
    let bytes = try DurableFile.read(path)
    guard position.length >= 0, position.length <= bytes.count else {
      throw FileError(
        path: path, damaged: "it has \(bytes.count) bytes, but the checkpoint knows \(position.length) of it")
    }
    guard Digest.sha256(bytes[..<position.length]) == position.digest else {
      throw FileError(
        path: path, damaged: "its first \(position.length) bytes are not those that the checkpoint knows")
    }
    guard bytes[..<position.length].starts(with: header(columns)) else {
      throw FileError(path: path, damaged: "its columns are not \(columns.joined(separator: ","))")
    }
    let file = try OpenFile(path, O_RDWR, for: .write)
    try file.truncate(to: position.length)
    try file.synchronise()
    return CSVFile(file: file, columns: columns, length: position.length)
  }

  /// Opens a file to add rows to the whole rows it has, or starts it where it is missing or begins with other columns.
  public static func extend(_ path: String, columns: [String]) throws(FileError) -> CSVFile {
    guard FileBytes.exists(path) else { return try create(path, columns: columns) }
    let bytes = try DurableFile.read(path)
    // A power cut may have left half a row.
    let length = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    guard bytes[..<length].starts(with: header(columns)) else { return try create(path, columns: columns) }
    let file = try OpenFile(path, O_RDWR, for: .write)
    try file.truncate(to: length)
    return CSVFile(file: file, columns: columns, length: length)
  }

  private init(file: consuming OpenFile, columns: [String], length: Int) {
    path = file.path
    self.columns = columns
    self.length = length
    self.file = file
  }

  /// Adds a row, with one cell for each column.
  public mutating func append(_ row: [Cell]) throws(FileError) {
    precondition(row.count == columns.count, "a row has one cell for each column")
    pending.append(contentsOf: Self.line(row.map(\.description)))
    if pending.count >= Self.patience { try flush() }
  }

  /// Writes the rows that wait; on failure they keep waiting, and the file is as it was.
  public mutating func flush() throws(FileError) {
    guard !pending.isEmpty else { return }
    do {
      try file.write(pending)
    } catch {
      // Half a row may have been written. If that cannot be undone either, the first error says more.
      try? file.truncate(to: length)
      throw error
    }
    length += pending.count
    pending.removeAll(keepingCapacity: true)
  }

  /// Writes the rows that wait, and waits until all is on the disk.
  public mutating func synchronise() throws(FileError) {
    try flush()
    try file.synchronise()
  }

  /// Brings the rows that wait to the disk, and says how far the file has grown, from what is in it now.
  ///
  /// A checkpoint that records the position is thus never ahead of the file, even after a power cut. Throws when
  /// the file is not as long as what was written into it.
  public mutating func position() throws(FileError) -> Position {
    try synchronise()
    let bytes = try DurableFile.read(path)
    guard bytes.count == length else {
      throw FileError(path: path, damaged: "it has \(bytes.count) bytes, but \(length) were written")
    }
    return Position(length: length, digest: Digest.sha256(bytes))
  }

  private static func header(_ columns: [String]) -> [UInt8] { line(columns) }

  private static func line(_ cells: [String]) -> [UInt8] {
    Array((cells.joined(separator: ",") + "\n").utf8)
  }
}
