import Glibc

extension CSVFile {
  /// Starts a file with the line of its columns' names, in place of one that has its path.
  package static func create(_ path: String, columns: [String]) throws(FileError) -> CSVFile {
    try create(path, columns: columns, isGuarded: true)
  }

  private static func create(_ path: String, columns: [String], isGuarded: Bool) throws(FileError) -> CSVFile {
    let file = try OpenFile(path, O_RDWR | O_CREAT | O_TRUNC, for: .create)
    var table = try CSVFile(file, columns: columns, length: 0, digest: DigestStream(), isGuarded: isGuarded)
    try table.append(line: columns)
    try table.flush()
    return table
  }

  /// How a file holds the bytes of a position.
  package enum Match: Sendable {
    /// As they were written.
    case exact
    /// With the line ends that spreadsheets write, CR LF, in place of LF.
    case otherLineEnds
  }

  /// Whether a file begins with the bytes of a position that it had; changes nothing.
  /// - Throws: when it does not, or when the columns are others.
  package static func match(_ path: String, columns: [String], at position: Position) throws(FileError) -> Match {
    let file = try OpenFile.reading(path)
    let size = try file.size()
    guard position.length >= 0, position.length <= size else {
      throw FileError(path: path, damaged: "it has \(size) bytes, but the checkpoint knows \(position.length) of it")
    }
    let header = line(columns)
    var lineEnds = LineEnds(limit: position.length)
    let exact = DigestStream()
    let restored = DigestStream()
    var rest = position.length
    try file.forEachPart(of: 0..<size) { part throws(FileError) in
      exact.add(part.prefix(rest))
      rest -= min(rest, part.count)
      restored.add(lineEnds.restore(part))
    }
    let match: Match
    if exact.finish() == position.digest {
      match = .exact
    } else if lineEnds.isComplete, restored.finish() == position.digest {
      match = .otherLineEnds
    } else {
      throw FileError(
        path: path, damaged: "its first \(position.length) bytes are not those that the checkpoint knows")
    }
    var first = LineEnds(limit: position.length)
    guard first.restore(try file.bytes(in: 0..<min(size, 2 * header.count + 8))).starts(with: header) else {
      throw FileError(path: path, damaged: "its columns are not \(columns.joined(separator: ","))")
    }
    return match
  }

  /// Opens a file again at a position that it had, and cuts off durably what has been written since.
  ///
  /// A file in which only the line ends are others gets back those it had, which `notes` is told. Throws when the bytes up
  /// to the position are not those of the position, or when the columns are others; the file is then left as it is.
  package static func resume(
    _ path: String, columns: [String], at position: Position, notes: (String) -> Void = { _ in }
  ) throws(FileError) -> CSVFile {
    if try match(path, columns: columns, at: position) == .otherLineEnds {
      let old = try OpenFile.reading(path)
      try DurableFile.replace(path) { (file) throws(FileError) in
        var lineEnds = LineEnds(limit: position.length)
        try old.forEachPart(of: 0..<Int.max) { part throws(FileError) in try file.write(lineEnds.restore(part)) }
      }
      notes("\(path) had the line ends CR LF, as spreadsheets save it: it has LF again")
    }
    let file = try OpenFile(path, O_RDWR, for: .write)
    let digest = DigestStream()
    try file.forEachPart(of: 0..<position.length) { digest.add($0) }
    guard digest.current == position.digest else {
      throw FileError(path: path, damaged: "it changed while it was read")
    }
    try file.truncate(to: position.length)
    try file.synchronise()
    return try CSVFile(file, columns: columns, length: position.length, digest: digest, isGuarded: true)
  }

  /// Opens a file to add rows to the whole rows it has, or starts it where it is missing.
  ///
  /// One that begins with other columns is put aside under another name, which `notes` is told. What else is done to the
  /// file while rows are added is no error: it is no evidence.
  package static func extend(
    _ path: String, columns: [String], notes: (String) -> Void = { _ in }
  ) throws(FileError) -> CSVFile {
    guard try FileKind.of(path) == .file else { return try create(path, columns: columns, isGuarded: false) }
    let file = try OpenFile(path, O_RDWR, for: .write)
    // A power cut may have left half a row.
    let length = try endOfLines(in: file)
    let header = line(columns)
    let first = try file.bytes(in: 0..<header.count)
    guard length >= header.count, first == header else {
      if length > 0 {
        let name = try DurableFile.setAside(path) ?? path
        notes("\(path) has other columns than this version writes: it is kept as \(name)")
      }
      return try create(path, columns: columns, isGuarded: false)
    }
    try file.truncate(to: length)
    return try CSVFile(file, columns: columns, length: length, digest: DigestStream(), isGuarded: false)
  }

  /// How many bytes the whole lines of a file have.
  private static func endOfLines(in file: borrowing OpenFile) throws(FileError) -> Int {
    var (end, offset) = (0, 0)
    try file.forEachPart(of: 0..<Int.max) { part in
      if let last = part.lastIndex(of: UInt8(ascii: "\n")) { end = offset + last + 1 }
      offset += part.count
    }
    return end
  }
}

/// Takes back what spreadsheets do to line ends: CR LF becomes LF, and a byte order mark goes.
package struct LineEnds {
  private var rest: Int
  private var isFirst = true
  private var holdsReturn = false
  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Gives `limit` bytes in all.
  package init(limit: Int) { rest = limit }

  /// Whether it has given all the bytes it was to give.
  var isComplete: Bool { rest == 0 }

  /// The next part of the text as it was.
  package mutating func restore(_ part: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    guard rest > 0 else { return result }
    result.reserveCapacity(part.count + 1)
    let skipped = isFirst && part.starts(with: LineEnds.mark) ? LineEnds.mark.count : 0
    isFirst = false
    for byte in part.dropFirst(skipped) {
      if holdsReturn, byte != UInt8(ascii: "\n") { result.append(UInt8(ascii: "\r")) }
      holdsReturn = byte == UInt8(ascii: "\r")
      if !holdsReturn { result.append(byte) }
    }
    result.removeLast(max(0, result.count - rest))
    rest -= result.count
    return result
  }
}
