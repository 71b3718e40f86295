import Glibc

/// A CSV file that grows by rows, and that a checkpoint can cut back to what it was.
///
/// Rows wait in memory until `flush`; rows that were not flushed are lost with the value. A digest of what was written
/// goes along with it, so that nothing need be read again to know it, and what something else does to the file is noticed:
/// another length at the next row, a replaced or touched file at the next position, any changed byte by `verify`.
package struct CSVFile: ~Copyable, Sendable {
  /// One cell of a row.
  package enum Cell: Equatable, Sendable, CustomStringConvertible {
    case integer(Int)
    case float(Float)
    case double(Double)
    /// Nothing was measured.
    case empty

    /// The shortest digits that read back as the same number; nothing for an empty cell.
    package var description: String {
      switch self {
      case .integer(let value): value.description
      case .float(let value): value.description
      case .double(let value): value.description
      case .empty: ""
      }
    }
  }

  /// How far a file had grown, and the digest of what it was then.
  package struct Position: Equatable, Sendable {
    /// The number of bytes.
    package let length: Int
    /// The SHA-256 of these bytes.
    package let digest: String

    /// Restores a position that was written down.
    package init(length: Int, digest: String) {
      self.length = length
      self.digest = digest
    }
  }

  /// The file.
  package let path: String
  /// The names of the columns.
  package let columns: [String]
  private let file: OpenFile
  /// Whether it is an error when something else changes the file; else rows are added to whatever is there.
  private let isGuarded: Bool
  private var length: Int
  /// The digest of what was written.
  private let digest: DigestStream
  /// The file as it was after the last row.
  private var seen: OpenFile.Status
  private var pending: [UInt8] = []

  /// The number of waiting bytes at which they are written without being asked.
  private static let patience = 1 << 16

  /// Goes on with a file that holds what the digest is of, `length` bytes.
  init(
    _ file: consuming OpenFile, columns: [String], length: Int, digest: consuming DigestStream, isGuarded: Bool
  ) throws(FileError) {
    path = file.path
    seen = try file.status()
    self.columns = columns
    self.length = length
    self.digest = digest
    self.isGuarded = isGuarded
    self.file = file
  }

  /// Adds a row, with one cell for each column.
  package mutating func append(_ row: [Cell]) throws(FileError) {
    precondition(row.count == columns.count, "a row has one cell for each column")
    try append(line: row.map(\.description))
  }

  /// Adds a line, be it the header.
  package mutating func append(line cells: [String]) throws(FileError) {
    pending.append(contentsOf: CSVFile.line(cells))
    if pending.count >= Self.patience { try flush() }
  }

  /// Writes the rows that wait; on failure they keep waiting, and the file is as it was.
  package mutating func flush() throws(FileError) {
    guard !pending.isEmpty else { return }
    let size = try file.size()
    if size != length {
      guard !isGuarded else { throw changed(to: size) }
      try file.truncate(to: size)
      length = size
    }
    do {
      try file.write(pending)
    } catch {
      // Half a row may have been written. If that cannot be undone either, the first error says more.
      try? file.truncate(to: length)
      throw error
    }
    digest.add(pending)
    length += pending.count
    pending.removeAll(keepingCapacity: true)
    seen = try file.status()
  }

  /// Writes the rows that wait, and waits until all is on the disk.
  package mutating func synchronise() throws(FileError) {
    try flush()
    try file.synchronise()
  }

  /// Brings the rows that wait to the disk, and says how far the file has grown.
  ///
  /// A checkpoint that records the position is thus never ahead of the file, even after a power cut. It costs the same
  /// however long the file is, unless something else touched it.
  /// - Throws: where the file was replaced, or does not hold what was written into it.
  package mutating func position() throws(FileError) -> Position {
    try synchronise()
    let status = try file.status()
    guard try OpenFile.identity(at: path) == status.identity else {
      throw FileError(path: path, damaged: "something else replaced or removed it while the run wrote into it")
    }
    if status.size != length || status.changed != seen.changed { try verify() }
    return Position(length: length, digest: digest.current)
  }

  /// Reads the whole file and compares it with what was written into it.
  /// - Throws: where a byte differs.
  package mutating func verify() throws(FileError) {
    try flush()
    let status = try file.status()
    guard status.size == length else { throw changed(to: status.size) }
    let present = DigestStream()
    try file.forEachPart(of: 0..<length) { present.add($0) }
    guard present.finish() == digest.current else {
      throw FileError(
        path: path, damaged: "something else changed bytes in it while the run wrote into it")
    }
    seen = status
  }

  private func changed(to size: Int) -> FileError {
    FileError(path: path, damaged: "it has \(size) bytes, but \(length) were written: something else changed it")
  }

  /// A cell in quotation marks, where a comma, a quotation mark or a line end in it asks for them.
  package static func quoted(_ text: String) -> String {
    guard text.contains(where: { ",\"\n".contains($0) }) else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  /// The bytes of a line.
  package static func line(_ cells: [String]) -> [UInt8] { Array((cells.joined(separator: ",") + "\n").utf8) }
}
