import Files
import Foundation
import TestSupport
import Testing

/// Files of lines to which several processes append.
@Suite struct LineFileTests {
  private func line(_ number: Int) -> [UInt8] { Array("line \(number)\n".utf8) }
  private func texts(_ lines: [[UInt8]]) -> [String] { lines.map { String(decoding: $0, as: UTF8.self) } }

  @Test func `lines come to all readers in the order in which they were added`() throws {
    let folder = try TemporaryFolder()
    let (one, two) = (try LineFile(folder("lines")), try LineFile(folder("lines")))
    for (number, file) in [one, two, one].enumerated() {
      _ = try file.locked { () throws(FileError) -> Int in
        _ = try file.newLines()
        try file.append([line(number)])
        return 0
      }
    }
    #expect(try texts(two.newLines()) == ["line 1", "line 2"])
    #expect(try texts(LineFile(folder("lines")).newLines()) == ["line 0", "line 1", "line 2"])
  }

  @Test func `what a process that was killed left of a line is none`() throws {
    let folder = try TemporaryFolder()
    try folder.put("line 0\nline", into: "lines")
    let file = try LineFile(folder("lines"))
    #expect(try texts(file.newLines()) == ["line 0"])
    try file.append([line(1)])
    #expect(try folder.text(of: "lines") == "line 0\nline 1\n")
  }

  @Test(.enabled("no tmpfs may be mounted here") { SmallDisk.isPossible })
  func `of lines for which a disk has too little room the whole ones stay, and readers go on`() throws {
    let disk = try SmallDisk(kibibytes: 16)
    let (writer, reader) = (try LineFile(disk.folder("lines")), try LineFile(disk.folder("lines")))
    try writer.append([line(0)])
    _ = try writer.newLines()
    let failure = #expect(throws: FileError.self) { try writer.append((1...3000).map(line)) }
    #expect(failure?.cause == .diskFull)
    // They are those that a reader may have found while they were written.
    let kept = try texts(reader.newLines())
    #expect(kept.count > 1000 && kept == (0..<kept.count).map { "line \($0)" })
    #expect(try disk.folder.text(of: "lines") == kept.map { $0 + "\n" }.joined())
    try disk.resize(kibibytes: 64)
    #expect(try writer.newLines().count == kept.count - 1)
    try writer.append([line(7)])
    #expect(try texts(reader.newLines()) == ["line 7"])
  }
}
