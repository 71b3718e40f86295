import Foundation

/// strace, which counts a program's calls and makes single ones fail.
enum Strace {
  /// Why it cannot be used here; nil where it can.
  static let problem: String? = {
    guard let workspace = try? Workspace() else { return "no folder can be made" }
    let words = ["strace", "-f", "-o", "/dev/null", "-e", "trace=chdir", "-e", "inject=chdir:error=EIO", "--"]
    do {
      // The shell's status says whether the fault came through.
      let command = try Command(
        words + ["/bin/sh", "-c", "cd / 2>/dev/null && exit 3 || exit 4"], in: workspace.folder,
        files: workspace.path + "/strace")
      let outcome = try command.wait()
      return outcome.status == 4 ? nil : "strace cannot make calls fail (\(outcome.text))"
    } catch {
      return "\(error)"
    }
  }()

  /// Whether the tests with strace can be done.
  static var isUsable: Bool { problem == nil }

  /// Calls that change files.
  static let changing: Set<String> = [
    "write", "pwrite64", "fsync", "fdatasync", "rename", "renameat", "renameat2", "unlink", "unlinkat", "mkdir",
    "mkdirat", "rmdir", "ftruncate", "truncate", "link", "linkat", "symlink", "symlinkat", "fallocate", "writev",
    "pwritev", "copy_file_range", "sendfile",
  ]

  /// Calls that only look.
  static let reading: Set<String> = ["read", "pread64", "newfstatat", "getdents64", "access", "statfs", "flock"]

  /// Calls that move the offset of an open file, or let go of it.
  static let bookkeeping: Set<String> = ["lseek", "close", "dup", "dup2", "dup3"]

  /// The words before a program's that write its calls into a file.
  static func recording(into file: String) -> [String] {
    let names = changing.union(reading).union(bookkeeping).union(["openat"]).sorted().joined(separator: ",")
    return ["strace", "-f", "-y", "-xx", "-s", "4000000", "-o", file, "-e", "trace=" + names, "--"]
  }

  /// Runs the program in a workspace and writes down its calls.
  static func record(_ arguments: [String], in workspace: Workspace) throws -> (log: StraceLog, end: Command.Outcome) {
    let file = workspace.path + "/trace"
    let end = try workspace.gan(arguments, under: recording(into: file))
    let log = StraceLog(String(decoding: try Bytes.read(file), as: UTF8.self))
    try FileManager.default.removeItem(atPath: file)
    return (log, end)
  }
}
