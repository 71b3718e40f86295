import Files
import Foundation
import TestSupport
import Testing

@Suite struct DurableFileTests {
  @Test(arguments: [0, 1, 1_000_003])
  func `a file is replaced, and nothing else is left in the folder`(count: Int) throws {
    let folder = try TemporaryFolder()
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try folder.put("old", into: "file")
    try DurableFile.replace(folder("file"), with: bytes)
    #expect(try DurableFile.read(folder("file")) == bytes)
    #expect(folder.names == ["file"])
  }

  @Test func `a failure leaves the old file and no temporary one`() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder("taken/inside"), withIntermediateDirectories: true)
    let failure = #expect(throws: FileError.self) { try DurableFile.replace(folder("taken"), with: [1]) }
    #expect(failure?.action == .replace)
    #expect(failure?.path == folder("taken"))
    #expect(folder.names == ["taken"])
  }

  @Test func `leftovers of killed processes are removed, and nothing else`() throws {
    let folder = try TemporaryFolder()
    for name in [".step.safetensors.17.partial", ".lock", "a.partial", "spec.yaml"] {
      try folder.put("", into: name)
    }
    try DurableFile.removeLeftovers(in: folder.path)
    #expect(folder.names == [".lock", "a.partial", "spec.yaml"])
  }

  @Test(arguments: [
    ("missing", 66, "cannot read it: No such file or directory"),
    ("", 66, "cannot read it: Is a directory"),
    ("nul\0byte", 74, "cannot read it: Invalid argument"),
    ("file/below", 66, "cannot read it: Not a directory"),
    ("pipe", 66, "it is a pipe, not a file"),
  ])
  func `a path that cannot be read has its exit code and reason`(name: String, code: Int32, reason: String)
    throws
  {
    let folder = try TemporaryFolder()
    try folder.put("", into: "file")
    mkfifo(folder("pipe"), 0o600)
    let failure = #expect(throws: FileError.self) { try DurableFile.read(folder(name)) }
    #expect(failure?.exitCode == code)
    #expect(failure?.message == "\(folder(name)): \(reason)")
  }

  @Test(
    arguments: [
      (FileError.Action.write, ENOSPC, FileError.Cause.diskFull, 74),
      (.create, EDQUOT, .diskFull, 74),
      (.makeFolder, ENOSPC, .diskFull, 74),
      (.makeFolder, EACCES, .denied, 73),
      (.makeFolder, EROFS, .denied, 73),
      (.makeFolder, EIO, .other, 73),
      (.create, EACCES, .denied, 74),
      (.read, EACCES, .denied, 66),
      (.write, EROFS, .denied, 74),
      (.create, ENOENT, .notFound, 73),
      (.read, ENOENT, .notFound, 66),
      (.create, ENAMETOOLONG, .other, 74),
      (.create, EMFILE, .other, 74),
      (.create, ENOMEM, .other, 74),
      (.write, EIO, .other, 74),
    ] as [(FileError.Action, Int32, FileError.Cause, Int32)])
  func `error numbers have a cause and an exit code`(
    action: FileError.Action, code: Int32, cause: FileError.Cause, exit: Int32
  ) {
    let error = FileError(path: "p", action: action, code: code)
    #expect(error.cause == cause)
    #expect(error.exitCode == exit)
    #expect(!error.remedy.isEmpty)
  }

  @Test func `a folder that is not there is said to be missing`() throws {
    let folder = try TemporaryFolder()
    let failure = #expect(throws: FileError.self) { try DurableFile.replace(folder("no/file"), with: []) }
    #expect(
      failure?.description
        == "\(folder("no/file")): cannot create it: No such file or directory; create the folder first")
    #expect(failure?.exitCode == 73)
  }
}
