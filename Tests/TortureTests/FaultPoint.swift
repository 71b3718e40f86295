/// A call of the program and what is done to it.
struct FaultPoint: Sendable {
  /// What is done.
  enum Effect: Sendable, Equatable {
    /// The process is killed before the call.
    case kill
    /// The call fails with an error number's name, and where it lasts all later ones of its name too.
    case error(String, isLasting: Bool)
  }

  /// The name of the call.
  let call: String
  /// How many calls of the name there were with it.
  let ordinal: Int
  /// What it touches: a path below the workspace.
  let path: String
  /// Whether the call changes files.
  let isChanging: Bool
  /// Whether the undisturbed call did something: a folder that is there is not made.
  let isEffective: Bool
  let effect: Effect

  /// A point of a recorded call.
  init(_ call: StraceCall, below folder: String, effect: Effect) {
    self.call = call.name
    ordinal = call.ordinal
    path = String((call.paths(from: folder).last ?? "").dropFirst(folder.count + 1))
    isChanging = FaultPoint.changes(call)
    isEffective = call.result != nil
    self.effect = effect
  }

  /// Whether a call changes files.
  static func changes(_ call: StraceCall) -> Bool {
    Strace.changing.contains(call.name) || call.name == "openat" && (call.has("O_CREAT") || call.has("O_TRUNC"))
  }

  /// The words before the program's.
  var words: [String] {
    let injected =
      switch effect {
      case .kill: "signal=KILL:when=\(ordinal)"
      case .error(let name, let isLasting): "error=\(name):when=\(ordinal)\(isLasting ? "+" : "")"
      }
    return ["strace", "-f", "-o", "/dev/null", "-e", "trace=\(call)", "-e", "inject=\(call):\(injected)", "--"]
  }

  /// The name of the case: `write 31 EIO`.
  var name: String {
    switch effect {
    case .kill: "kill \(call) \(ordinal)"
    case .error(let name, let isLasting): "\(name) \(call) \(ordinal)\(isLasting ? "+" : "")"
    }
  }

  /// Whether nothing can be written any more, not even what went wrong.
  var isMute: Bool { if case .error(_, isLasting: true) = effect { call == "write" } else { false } }

  /// The system's words for its error.
  var meaning: String? {
    guard case .error(let name, _) = effect else { return nil }
    return FaultPoint.meanings[name]
  }

  private static let meanings = [
    "ENOSPC": "No space left on device", "EIO": "Input/output error", "EDQUOT": "Disk quota exceeded",
    "EROFS": "Read-only file system", "EMFILE": "Too many open files",
  ]

  /// The errors that a call may meet, in the order of their likelihood.
  static func errors(of call: StraceCall) -> [String] {
    if changes(call) { return ["ENOSPC", "EIO", "EDQUOT", "EROFS", "EMFILE"] }
    return call.name == "openat" ? ["EIO", "EMFILE"] : ["EIO"]
  }
}
