import Glibc

/// Why something could not be done with a file, and what to do about it.
package struct FileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was being done.
  package enum Action: String, Sendable {
    case read, create, write, replace, remove, lock
    /// Making a folder.
    case makeFolder
  }

  /// The kinds of failure that call for different remedies.
  package enum Cause: Equatable, Sendable {
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
    /// What is no file: a pipe, a socket.
    case noFile(String)
    /// Anything else that the system reports.
    case other
  }

  /// Whether another attempt would find the same: the file is not there, or not what it should be.
  package var isLasting: Bool {
    switch cause {
    case .notFound, .damaged, .isFolder, .noFile: true
    case .diskFull, .denied, .other: false
    }
  }

  /// The file or folder concerned.
  package let path: String
  /// What was being done.
  package let action: Action
  /// What kind of failure it is.
  package let cause: Cause
  /// The system's error number, 0 when the content is damaged.
  package let code: Int32
  /// What to do about it, where more is known than the cause says.
  package let advice: String?

  /// A call of the system failed with an error number.
  package init(path: String, action: Action, code: Int32) {
    self.path = path
    self.action = action
    self.code = code
    advice = nil
    switch code {
    case ENOSPC, EDQUOT: cause = .diskFull
    case EACCES, EPERM, EROFS: cause = .denied
    case ENOENT, ENOTDIR: cause = .notFound
    case EISDIR: cause = .isFolder
    default: cause = .other
    }
  }

  /// A file was read, but its content is wrong.
  package init(path: String, damaged problem: String, remedy: String? = nil) {
    self.path = path
    action = .read
    cause = .damaged(problem)
    code = 0
    advice = remedy
  }

  /// In a file's place is something else, such as "a pipe".
  init(path: String, action: Action, isNoFile kind: String) {
    self.path = path
    self.action = action
    cause = .noFile(kind)
    code = EINVAL
    advice = nil
  }

  private init(_ error: FileError, path: String) {
    self.path = path
    action = error.action
    cause = error.cause
    code = error.code
    advice = error.advice
  }

  /// The same error, told of another path: the one that a person knows.
  package func told(of path: String) -> FileError { FileError(self, path: path) }

  /// Whether the file, not the disk, is at fault: it is gone, damaged, or no file.
  package var isOfContent: Bool {
    switch cause {
    case .damaged, .notFound, .isFolder, .noFile: true
    case .diskFull, .denied, .other: false
    }
  }

  /// What happened, in one line without the remedy.
  package var message: String {
    switch cause {
    case .damaged(let problem): "\(path): \(problem)"
    case .noFile(let kind): "\(path): it is \(kind), not a file"
    default: "\(path): cannot \(verb): \(SystemError(code: code).meaning)"
    }
  }

  private var verb: String { action == .makeFolder ? "create this folder" : "\(action.rawValue) it" }

  /// What the user can do about it, as a sentence without a full stop.
  package var remedy: String {
    if let advice { return advice }
    return switch (cause, action) {
    case (.diskFull, _): "make room on the disk, then run the same command again"
    case (.denied, .read): "make the file readable for this user"
    case (.denied, _) where code == EROFS: "the file system may only be read: choose a folder on another one"
    case (.denied, .write): "make the file writable for this user"
    case (.denied, .makeFolder): "make the folder above it writable for this user, or choose another one"
    case (.denied, _): "make the folder writable for this user, or choose another one"
    case (.notFound, .read): "check the path"
    case (.notFound, .makeFolder): "choose another folder"
    case (.notFound, _): "create the folder first"
    case (.damaged, _): "use an undamaged copy of the file"
    case (.isFolder, .replace): "move the folder away"
    case (.isFolder, _): "give the path of a file"
    case (.noFile, _): "move it away"
    case (.other, _) where code == EMFILE || code == ENFILE: "allow more open files: ulimit -n"
    case (.other, _) where code == EFBIG: "allow larger files: ulimit -f"
    case (.other, _): "check the path and the disk"
    }
  }

  /// The exit code that says the same in the terms of `sysexits.h`.
  ///
  /// 65: damaged content, 66: input that is not there or not readable, 73: a folder that cannot be made or is not there,
  /// 74: a full disk, a file that cannot be written, or another failure of input and output.
  package var exitCode: Int32 {
    switch (cause, action) {
    case (.damaged, _): 65
    case (.diskFull, _): 74
    case (.notFound, .read), (.denied, .read), (.isFolder, .read), (.noFile, .read): 66
    case (_, .makeFolder), (.notFound, _), (.isFolder, _): 73
    case (.denied, _), (.noFile, _), (.other, _): 74
    }
  }

  /// The message and the remedy in one line.
  package var description: String { "\(message); \(remedy)" }
}
