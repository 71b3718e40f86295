/// The exit codes of the program: those of `sysexits.h`, 1 for a finding, 3 for divergence, 128 + a signal's number.
package enum ExitStatus: Int32, CaseIterable, Sendable {
  case done = 0
  case unfit = 1
  case diverged = 3
  case usage = 64
  case damaged = 65
  case missing = 66
  case unavailable = 69
  case unsupported = 70
  case notCreated = 73
  case notWritten = 74
  case inUse = 75
  case hungUp = 129
  case interrupted = 130
  case terminated = 143

  /// What it says, in a few words.
  package var meaning: String {
    switch self {
    case .done: "done"
    case .unfit: "the machine is unfit or slow, or what is compared differs"
    case .diverged: "diverged"
    case .usage: "wrong usage"
    case .damaged: "a spec, data or a run with mistakes"
    case .missing: "no such file or run"
    case .unavailable: "a download failed, a server refused, a library is missing, or Slurm took no job"
    case .unsupported: "a fault of the program, or an unfit processor"
    case .notCreated: "a file or folder cannot be made"
    case .notWritten: "a file cannot be read or written to its end"
    case .inUse: "in use by another process"
    case .hungUp: "stopped by SIGHUP"
    case .interrupted: "stopped by Ctrl-C"
    case .terminated: "stopped by SIGTERM"
    }
  }

  /// One sentence about some of them: `Exit codes: 0 done; 3 diverged; ...`.
  package static func sentence(_ statuses: [ExitStatus]) -> String {
    "Exit codes: " + statuses.map { "\($0.rawValue) \($0.meaning)" }.joined(separator: "; ") + "."
  }

  /// What every command that reads files can end with.
  package static let reading: [ExitStatus] = [.done, .usage, .damaged, .missing, .unsupported, .notWritten]
  /// What every command that trains can end with.
  package static let training: [ExitStatus] = [
    .done, .diverged, .usage, .damaged, .missing, .unsupported, .notCreated, .notWritten, .inUse, .hungUp, .interrupted,
    .terminated,
  ]
  /// What a sweep can end with.
  package static let sweeping: [ExitStatus] = (training + [.unavailable]).sorted { $0.rawValue < $1.rawValue }
}
