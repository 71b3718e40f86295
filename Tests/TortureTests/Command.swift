import Glibc
import TestSupport

/// A program that was started, in a process group of its own, and what it leaves.
struct Command: ~Copyable {
  /// How it ended.
  struct Outcome: Sendable {
    /// The exit status; 128 and the signal where one ended it.
    let status: Int32
    let output: String
    let errors: String
    /// Whether it had to be killed as it did not end in time.
    let isHung: Bool

    /// The end's words for a failure's report.
    var text: String { "\(isHung ? "hung" : "status \(status)"): \(errors.isEmpty ? "nothing on stderr" : errors)" }

    /// What no end of ours may show: a signal of the processor or of the runtime, or a trace of the stack.
    var trap: String? {
      if isHung { return "it hung" }
      if [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV].contains(status - 128) { return "signal \(status - 128)" }
      return ["Fatal error", "Stack dump", "crashed:", "Precondition failed"].first { errors.contains($0) }
    }
  }

  /// Seconds after which it hangs.
  static let patience = 60.0

  private let process: pid_t
  private let files: String

  /// Starts a program; the files that take its output have the prefix `files`.
  init(_ words: [String], in folder: String, files: String) throws {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, files + ".out", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, files + ".err", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    // Whoever runs the tests may ignore or block signals.
    var all = sigset_t()
    var none = sigset_t()
    sigfillset(&all)
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    var started: pid_t = 0
    // env changes the folder and becomes the program; a handler of crashes would hide how it ends.
    var arguments = (["env", "-C", folder, "SWIFT_BACKTRACE=enable=no"] + words).map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    let code = posix_spawnp(&started, "env", &actions, &attributes, &arguments, environ)
    guard code == 0 else { throw Trouble("cannot start \(words[0]): \(String(cString: strerror(code)))") }
    process = started
    self.files = files
  }

  /// Sends a signal to the program.
  func signal(_ number: Int32) { kill(process, number) }

  /// Whether it has ended; it is waited for all the same.
  var hasEnded: Bool {
    var information = siginfo_t()
    return waitid(P_PID, id_t(process), &information, WEXITED | WNOHANG | WNOWAIT) == 0 && information.si_signo != 0
  }

  /// The processes that it began and that have not ended, such as the workers of a sweep.
  var children: [pid_t] {
    Bytes.names("/proc").compactMap { pid_t($0) }.filter { pid in
      // The name of a program may have blanks and parentheses in it.
      guard let text = (try? Bytes.read("/proc/\(pid)/stat")).map({ String(decoding: $0, as: UTF8.self) }),
        let end = text.lastIndex(of: ")")
      else { return false }
      let fields = text[end...].split(separator: " ")
      return fields.count > 2 && fields[1] != "Z" && pid_t(fields[2]) == process
    }
  }

  /// Waits for its end.
  consuming func wait() throws -> Outcome {
    var (status, isHung): (Int32, Bool) = (0, false)
    let deadline = ContinuousClock.now + .seconds(Command.patience)
    while true {
      let ended = waitpid(process, &status, isHung ? 0 : WNOHANG)
      if ended == process { break }
      if ended < 0, errno != EINTR { throw Trouble("lost process \(process)") }
      if ended == 0, ContinuousClock.now > deadline {
        isHung = true
        kill(-process, SIGKILL)
      } else if ended == 0 {
        usleep(500)
      }
    }
    let signal = status & 0x7f
    return Outcome(
      status: signal == 0 ? status >> 8 & 0xff : 128 + signal, output: try text(files + ".out"),
      errors: try text(files + ".err"), isHung: isHung)
  }

  private func text(_ path: String) throws -> String {
    let bytes = try Bytes.read(path)
    unlink(path)
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Why the torture itself could not go on.
struct Trouble: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
