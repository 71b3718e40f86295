import CHost
import Files
import Glibc

/// What a worker process is told by the command that begins it, with the same words: in the environment, since no person says it.
package struct WorkerTask: Sendable, Equatable {
  /// The group's folder.
  package let group: String
  /// Threads of a run.
  package let threads: Int
  /// The process that begins it; 0 where none of this program's does.
  package let parent: Int32

  package init(group: String, threads: Int, parent: Int32) {
    (self.group, self.threads, self.parent) = (group, threads, parent)
  }

  fileprivate static let variable = "GAN_EXP_WORKER"
  fileprivate var text: String { "\(threads) \(parent) \(group)" }

  /// What this process was told; nil where it is no worker.
  package static var present: WorkerTask? {
    guard let text = getenv(variable).map({ String(cString: $0) }) else { return nil }
    let parts = text.split(separator: " ", maxSplits: 2)
    guard parts.count == 3, let threads = Int(parts[0]), let parent = Int32(parts[1]) else { return nil }
    return WorkerTask(group: String(parts[2]), threads: threads, parent: parent)
  }
}

/// This program once more, as a process of its own: in a process group of its own, so that the terminal's Ctrl-C reaches the parent
/// alone, which passes it on.
struct WorkerProcess {
  /// Its number.
  let pid: pid_t

  /// Begins it.
  /// - Parameters:
  ///   - task: what it is told beside the words of this process.
  ///   - messages: its stderr.
  init(_ task: WorkerTask, messages: WorkerMessages) throws(FileError) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, messages.descriptor, STDERR_FILENO)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    posix_spawnattr_setpgroup(&attributes, 0)
    let pointers = CommandLine.arguments.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    setenv(WorkerTask.variable, task.text, 1)
    defer { unsetenv(WorkerTask.variable) }
    var number: pid_t = 0
    let code = posix_spawn(&number, "/proc/self/exe", &actions, &attributes, pointers, environ)
    guard code == 0 else { throw FileError(path: task.group, action: .write, code: code) }
    pid = number
  }

  /// How it ended; nil while it works.
  func status() -> Status? {
    var word: Int32 = 0
    let found = waitpid(pid, &word, WNOHANG)
    if found == 0 || (found < 0 && errno == EINTR) { return nil }
    guard found == pid else { return .exited(0) }
    return word & 0x7f == 0 ? .exited((word >> 8) & 0xff) : .killed(word & 0x7f)
  }

  /// How a process ended.
  enum Status: Equatable {
    case exited(Int32)
    case killed(Int32)
  }

  /// Asks it to stop.
  func send(_ signal: Int32) { kill(pid, signal) }

  /// Has the calling process, which is a worker, stop when the one that began it ends.
  static func endWithParent(_ parent: pid_t) {
    host_end_with_parent()
    // It may have ended before.
    if getppid() != parent { kill(getpid(), SIGTERM) }
  }
}
