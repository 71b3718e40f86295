import Glibc

/// The right to be the only process that writes into a folder, held until it is let go of.
///
/// The lock is advisory and belongs to the open file: the system releases it when the process ends, however it
/// ends. Both the folder itself and its file `.lock` are locked, so that removing `.lock` does not let a second
/// writer in; `.lock` also says who the holder is, and is left in place.
package final class FolderLock: Sendable {
  /// What came of asking for a lock.
  package enum Outcome: Sendable {
    /// The lock is ours for as long as the value lives.
    case acquired(FolderLock)
    /// Another process holds it, or another part of this one; its process number when it has written it.
    case held(by: Int32?)
  }

  private let folder: OpenFile
  private let file: OpenFile

  /// Asks for the lock of an existing folder.
  ///
  /// Asks so many times, a hundredth of a second apart: long enough for somebody who only looks whether it is held.
  package static func acquire(_ path: String, attempts: Int = 20) throws(FileError) -> Outcome {
    let folder = try OpenFile(path, O_RDONLY | O_DIRECTORY, for: .lock)
    let file = try OpenFile(path + "/.lock", O_RDWR | O_CREAT, for: .lock)
    var attempts = attempts
    while true {
      let hasFolder = try lock(folder, LOCK_EX, unsupported: folderless)
      if hasFolder, try lock(file, LOCK_EX) { break }
      attempts -= 1
      guard attempts > 0 else { return .held(by: holder(path + "/.lock")) }
      // What the one call got and the other did not must not keep others out.
      flock(folder.descriptor, LOCK_UN)
      usleep(10_000)
    }
    try file.truncate(to: 0)
    try file.write(Array("\(getpid())\n".utf8))
    return .acquired(FolderLock(folder: folder, file: file))
  }

  /// Whether somebody holds the lock; changes nothing in the folder.
  package static func isHeld(_ path: String) throws(FileError) -> Bool {
    let folder = try OpenFile(path, O_RDONLY | O_DIRECTORY, for: .lock)
    if !(try lock(folder, LOCK_SH, unsupported: folderless)) { return true }
    do throws(FileError) {
      let file = try OpenFile(path + "/.lock", O_RDONLY, for: .lock)
      return !(try lock(file, LOCK_SH, unsupported: folderless))
    } catch {
      if error.cause == .notFound { return false }
      throw error
    }
  }

  /// What some network file systems say of locks on folders; there the file alone has to do.
  private static let folderless = [EBADF, EINVAL, EOPNOTSUPP, ENOLCK]

  /// Whether a path still names the folder that is locked.
  /// - Throws: what kept the system from telling, other than that nothing has the name.
  package func isOf(_ path: String) throws(FileError) -> Bool {
    var (locked, named) = (stat(), stat())
    guard fstat(folder.descriptor, &locked) == 0, stat(path, &named) == 0 else {
      let code = errno
      guard code != ENOENT else { return false }
      throw FileError(path: path, action: .lock, code: code)
    }
    return locked.st_ino == named.st_ino && locked.st_dev == named.st_dev
  }

  private init(folder: consuming OpenFile, file: consuming OpenFile) {
    self.folder = folder
    self.file = file
  }

  /// Whether an open file could be locked; false when somebody else has it locked.
  private static func lock(
    _ file: borrowing OpenFile, _ kind: Int32, unsupported: [Int32] = []
  ) throws(FileError) -> Bool {
    while flock(file.descriptor, kind | LOCK_NB) != 0 {
      switch errno {
      case EINTR: continue
      case EWOULDBLOCK: return false
      case let code where unsupported.contains(code): return true
      case let code: throw FileError(path: file.path, action: .lock, code: code)
      }
    }
    return true
  }

  private static func holder(_ path: String) -> Int32? {
    guard let bytes = try? DurableFile.read(path), bytes.last == UInt8(ascii: "\n") else { return nil }
    return Int32(String(decoding: bytes.dropLast(), as: UTF8.self))
  }
}
