import Testing

/// The model of a disk itself, by calls written down by hand.
struct DiskModelTests {
  private static func hex(_ text: String) -> String {
    text.utf8.map { "\\x" + String($0, radix: 16) }.joined()
  }

  /// Calls of one thread as strace shows them.
  private static func log(_ lines: [String]) -> StraceLog {
    StraceLog(lines.map { "7 \($0)" }.joined(separator: "\n"))
  }

  private static let making = [
    "mkdir(\"\(hex("/d/a"))\", 0777) = 0",
    "openat(AT_FDCWD</\\x64>, \"\(hex("/d/a/.new"))\", O_WRONLY|O_CREAT|O_TRUNC, 0666) = 3<\\x64>",
    "write(3<\\x64>, \"\(hex("abcd"))\", 4) = 4",
    "fsync(3<\\x64>) = 0",
    "close(3<\\x64>) = 0",
    "rename(\"\(hex("/d/a/.new"))\", \"\(hex("/d/a/file"))\") = 0",
    "openat(AT_FDCWD</\\x64>, \"\(hex("/d/a"))\", O_RDONLY|O_DIRECTORY) = 3<\\x64>",
    "fsync(3<\\x64>) = 0",
    "openat(AT_FDCWD</\\x64>, \"\(hex("/d/a/file"))\", O_WRONLY|O_APPEND) = 4<\\x64>",
    "write(4<\\x64>, \"\(hex("efgh"))\", 4) = 4",
  ]

  private func disk(after count: Int) throws -> DiskModel {
    var disk = try DiskModel(root: "/d", holding: nil)
    for call in DiskModelTests.log(Array(DiskModelTests.making.prefix(count))).calls { _ = try disk.apply(call) }
    return disk
  }

  private func files(_ count: Int, _ survival: Survival) throws -> [String: String] {
    DiskImage(try disk(after: count), survival).entries.mapValues { String(decoding: $0 ?? [], as: UTF8.self) }
  }

  @Test func `names are lost until their folder is on the disk, bytes until their file is`() throws {
    #expect(try files(3, .names) == ["a": "", "a/.new": ""])
    #expect(try files(3, .zeros) == ["a": "", "a/.new": "\0\0\0\0"])
    #expect(try files(3, .half) == ["a": "", "a/.new": "ab"])
    #expect(try files(4, .names) == ["a": "", "a/.new": "abcd"])
    #expect(try files(8, .names) == ["a": "", "a/file": "abcd"])
    #expect(try files(6, .names) == ["a": "", "a/file": "abcd"])
    #expect(try files(10, .half) == ["a": "", "a/file": "abcdef"])
    #expect(try files(10, .zeros) == ["a": "", "a/file": "abcd\0\0\0\0"])
    // Nothing ever brought the name a to the disk.
    #expect(try files(10, .nothing) == [:])
    #expect(try files(6, .folder(0)) == ["a": ""])
  }

  @Test func `calls are counted by thread and name, also those that were interrupted`() {
    let log = DiskModelTests.log([
      "read(3, 0x1, 5 <unfinished ...>", "write(4<\\x2f\\x61>, \"\\x41\", 1) = 1", "<... read resumed>) = 5",
      "write(4<\\x2f\\x61>, \"\\x42\\x43\"..., 9) = -1 EIO (Input/output error)", "+++ exited with 0 +++",
    ])
    #expect(log.calls.map(\.name) == ["read", "write", "write"])
    #expect(log.calls.map(\.ordinal) == [1, 1, 2])
    #expect(log.calls.map(\.result) == [5, 1, nil])
    #expect(log.calls.map(\.isCut) == [false, false, true])
    #expect(log.calls[2].strings == [[0x42, 0x43]])
    #expect(log.calls[1].openPath == "/a")
  }

  @Test func `a call that the model does not know is no silent one`() throws {
    var disk = try DiskModel(root: "/d", holding: nil)
    let link = DiskModelTests.log(["link(\"\(DiskModelTests.hex("/d/x"))\", \"\(DiskModelTests.hex("/d/y"))\") = 0"])
    #expect(throws: Trouble.self) { _ = try disk.apply(link.calls[0]) }
  }
}
