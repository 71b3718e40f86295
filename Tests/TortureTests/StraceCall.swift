/// One call of the system as `strace -f -y -xx` writes it down.
struct StraceCall: Sendable {
  /// The thread that made it.
  let thread: Int
  /// `write`, `rename`, ...
  let name: String
  /// How many calls of the name the thread had made with it: what `when=` of strace counts.
  let ordinal: Int
  /// What stands between the parentheses.
  let arguments: String
  /// What it returned; nil where it did not return, or failed.
  let result: Int?

  /// Reads `name(arguments) = result`; nil for what is no call.
  init?(_ text: Substring, thread: Int, ordinal: (String) -> Int) {
    guard let open = text.firstIndex(of: "("), let end = text.range(of: ") = ", options: .backwards) else { return nil }
    self.thread = thread
    name = String(text[..<open])
    guard name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else { return nil }
    self.ordinal = ordinal(name)
    arguments = String(text[text.index(after: open)..<end.lowerBound].trimmingSpace)
    let number = text[end.upperBound...].prefix { $0.isNumber }
    result = Int(number)
  }

  /// The strings among its arguments; nil in place of one that was cut short.
  var strings: [[UInt8]] {
    arguments.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { StraceCall.bytes($0.element) }
  }

  /// Whether a string was too long for the log.
  var isCut: Bool { arguments.contains("\"...") }

  /// The number of the open file that it begins with.
  var descriptor: Int? { Int(arguments.prefix { $0.isNumber }) }

  /// The path of the open file or folder that it begins with.
  var openPath: String? {
    guard let start = arguments.firstIndex(of: "<"), let end = arguments.firstIndex(of: ">"), start < end,
      arguments[..<start].allSatisfy({ $0 != "," })
    else { return nil }
    return String(decoding: StraceCall.bytes(arguments[arguments.index(after: start)..<end]), as: UTF8.self)
  }

  /// The names of flags, such as O_CREAT.
  func has(_ flag: String) -> Bool {
    arguments.split { "|, ".contains($0) }.contains { $0 == flag }
  }

  /// The paths of what it touches, from the root; those that it names are relative to a folder.
  func paths(from folder: String) -> [String] {
    let named = StraceCall.takingPaths.contains(name) ? strings.filter { !$0.isEmpty } : []
    let paths = named.map { String(decoding: $0, as: UTF8.self) }.map { $0.hasPrefix("/") ? $0 : "\(folder)/\($0)" }
    return paths.isEmpty ? [openPath].compactMap { $0 } : paths
  }

  private static let takingPaths: Set<String> = [
    "open", "openat", "creat", "rename", "renameat", "renameat2", "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir",
    "link", "linkat", "symlink", "symlinkat", "truncate", "stat", "lstat", "newfstatat", "access", "statfs", "readlink",
  ]

  /// The bytes of `\x2f\x74`.
  private static func bytes(_ text: Substring) -> [UInt8] {
    text.split(separator: "\\").compactMap { UInt8($0.dropFirst(), radix: 16) }
  }
}

extension Substring {
  fileprivate var trimmingSpace: Substring {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
