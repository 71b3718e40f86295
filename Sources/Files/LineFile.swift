import Glibc

/// A file of lines to which several processes append, here and on other machines that share the disk.
///
/// A line is on the disk when `append` returns. What a process that was killed left without a newline at its end is no line: readers
/// pass it over, and the next who appends cuts it off.
package final class LineFile {
  private let file: OpenFile
  /// Where the next line begins that was not read.
  private var offset = 0

  /// Opens a file, which is made where there is none.
  package init(_ path: String) throws(FileError) { file = try OpenFile(path, O_RDWR | O_CREAT, for: .create) }

  /// Does something while no other process appends.
  package func locked<Result>(_ body: () throws(FileError) -> Result) throws(FileError) -> Result {
    while flock(file.descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else { throw file.failure(.lock) }
    }
    defer { flock(file.descriptor, LOCK_UN) }
    return try body()
  }

  /// The whole lines since the last call, without their newlines.
  package func newLines() throws(FileError) -> [[UInt8]] {
    let size = try file.size()
    guard size >= offset else { throw FileError(path: file.path, damaged: "it was cut off while it was in use") }
    let bytes = try file.bytes(in: offset..<size)
    guard let end = bytes.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
    offset += end + 1
    return bytes[..<end].split(separator: UInt8(ascii: "\n")).map(Array.init)
  }

  /// Adds lines, each with its newline; to be called within `locked`, once all lines are read.
  ///
  /// Where that fails the first of them may be there all the same, each whole.
  package func append(_ lines: [[UInt8]]) throws(FileError) {
    guard !lines.isEmpty else { return }
    try file.truncate(to: offset)
    do throws(FileError) {
      try file.write(Array(lines.joined()))
      try file.synchronise()
    } catch {
      try? cutOff()
      throw error
    }
  }

  /// Cuts off what a full disk took of a line, which is none; whole ones stay, since others may have read them.
  private func cutOff() throws(FileError) {
    let size = try file.size()
    guard size > offset else { return }
    let end = try file.bytes(in: offset..<size).lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    try file.truncate(to: offset + end)
    try file.synchronise()
  }
}
