import Files
import Foundation
import TestSupport
import Testing

@Suite struct FolderLockTests {
  private func acquire(_ folder: TemporaryFolder) throws -> FolderLock? {
    if case .acquired(let lock) = try FolderLock.acquire(folder.path) { lock } else { nil }
  }

  @Test func `there is one holder at a time, and its process number can be read`() throws {
    let folder = try TemporaryFolder()
    var lock = try acquire(folder)
    #expect(lock != nil)
    guard case .held(let holder) = try FolderLock.acquire(folder.path) else {
      Issue.record("the lock was given twice")
      return
    }
    #expect(holder == getpid())
    lock = nil
    #expect(try acquire(folder) != nil)
    _ = lock
  }

  @Test func `removing the lock file does not let a second writer in`() throws {
    let folder = try TemporaryFolder()
    let lock = try acquire(folder)
    try FileManager.default.removeItem(atPath: folder(".lock"))
    #expect(try acquire(folder) == nil)
    withExtendedLifetime(lock) {}
  }

  @Test func `another process holds the lock until it ends`() throws {
    let folder = try TemporaryFolder()
    let other = Process()
    other.executableURL = URL(fileURLWithPath: "/bin/sh")
    other.arguments = ["-c", "exec 9>\"$1/.lock\"; flock -n 9; echo locked; read line", "sh", folder.path]
    let (input, output) = (Pipe(), Pipe())
    (other.standardInput, other.standardOutput) = (input, output)
    try other.run()
    #expect(output.fileHandleForReading.availableData == Data("locked\n".utf8))
    #expect(try acquire(folder) == nil)
    try input.fileHandleForWriting.close()
    other.waitUntilExit()
    #expect(try acquire(folder) != nil)
  }

  @Test func `of many who ask at once one is served`() async throws {
    let folder = try TemporaryFolder()
    let locks = try await withThrowingTaskGroup(of: FolderLock?.self) { group in
      for _ in 0..<20 { group.addTask { try acquire(folder) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(locks.compactMap { $0 }.count == 1)
  }

  @Test func `a folder that is not there cannot be locked`() throws {
    let folder = try TemporaryFolder()
    let failure = #expect(throws: FileError.self) { try FolderLock.acquire(folder("missing")) }
    #expect(failure?.exitCode == 73)
  }
}
