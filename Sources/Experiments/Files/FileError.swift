import Datasets
import Glibc

/// Why something could not be done with a file, and what to do about it.
public struct FileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was being done.
  public enum Action: String, Sendable {
    case read, create, write, replace, remove, lock
  }

  /// The kinds of failure that call for different remedies.
  public enum Cause: Equatable, Sendable {
    /// The device or the user's share of it has no room left.
    case diskFull
    /// The user may not do this here, or the file system is read-only.
    case denied
    /// There is no such file or folder.
    case notFound
    /// The file was read, but its content is not what it should be.
    case damaged(String)
    /// A folder where a file is wanted.
    case isFolder
    /// Anything else that the system reports.
    case other
  }

  /// The file or folder concerned.
  public let path: String
  /// What was being done.
  public let action: Action
  /// What kind of failure it is.
  public let cause: Cause
  /// The system's error number, 0 when the content is damaged.
  public let code: Int32

  /// A call of the system failed with an error number.
  public init(path: String, action: Action, code: Int32) {
    self.path = path
    self.action = action
    self.code = code
    switch code {
    case ENOSPC, EDQUOT: cause = .diskFull
    case EACCES, EPERM, EROFS: cause = .denied
    case ENOENT, ENOTDIR: cause = .notFound
    case EISDIR: cause = .isFolder
    default: cause = .other
    }
  }

  /// A file was read, but its content is wrong.
  public init(path: String, damaged problem: String) {
    self.path = path
    action = .read
    cause = .damaged(problem)
    code = 0
  }

  /// What happened, in one line without the remedy.
  public var message: String {
    if case .damaged(let problem) = cause { return "\(path): \(problem)" }
    return "\(path): cannot \(action.rawValue) it: \(SystemError(code: code).meaning)"
  }

  /// What the user can do about it, as a sentence without a full stop.
  public var remedy: String {
    switch (cause, action) {
    case (.diskFull, _): "make room on the disk, then run the same command again"
    case (.denied, .read): "make the file readable for this user"
    case (.denied, _): "make the folder writable for this user, or choose another one"
    case (.notFound, .read): "check the path"
    case (.notFound, _): "create the folder first"
    case (.damaged, _): "use an undamaged copy of the file"
    case (.isFolder, _): "give the path of a file"
    case (.other, _): "check the path and the disk"
    }
  }

  /// The exit code that says the same in the terms of `sysexits.h`.
  ///
  /// 65: damaged content, 66: input that is not there or not readable, 73: output that cannot be created,
  /// 74: a full disk or another failure of input and output.
  public var exitCode: Int32 {
    switch (cause, action) {
    case (.damaged, _): 65
    case (.diskFull, _): 74
    case (.notFound, .read), (.denied, .read), (.isFolder, .read): 66
    case (.isFolder, _): 73
    case (.notFound, _), (.denied, _), (_, .create): 73
    case (.other, _): 74
    }
  }

  /// The message and the remedy in one line.
  public var description: String { "\(message); \(remedy)" }
}
