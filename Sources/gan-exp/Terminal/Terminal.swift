import Experiments
import Glibc
import YAML

/// Where people read: stderr for what they watch, stdout for results.
enum Terminal {
  /// Whether stderr is a terminal.
  static let isInteractive = isatty(STDERR_FILENO) == 1

  /// Whether colors are welcome there (https://no-color.org).
  static let usesColor: Bool = {
    func value(_ name: String) -> String { getenv(name).map { String(cString: $0) } ?? "" }
    return isInteractive && value("NO_COLOR").isEmpty && value("TERM") != "dumb"
  }()

  /// Columns of the terminal; 100 where it does not say.
  static var width: Int {
    var size = winsize()
    return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 100
  }

  /// Writes to stderr, in one call.
  static func write(_ text: String) { write(text, to: STDERR_FILENO) }

  /// Writes a line of results to stdout.
  static func print(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

  private static func write(_ text: String, to descriptor: Int32) {
    let bytes = [UInt8](text.utf8)
    var written = 0
    while written < bytes.count {
      let accepted = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress?.advanced(by: written), $0.count - written)
      }
      if accepted < 0, errno == EINTR { continue }
      // Nobody listens any more: a closed pipe is no failure of the run.
      guard accepted > 0 else { return }
      written += accepted
    }
  }

  /// Text in bold, where colors are welcome.
  static func bold(_ text: String) -> String { usesColor ? "\u{1b}[1m\(text)\u{1b}[0m" : text }
  /// Text that may be overlooked.
  static func dim(_ text: String) -> String { usesColor ? "\u{1b}[2m\(text)\u{1b}[0m" : text }

  /// Shows why a command ended.
  static func show(_ error: RunError) {
    if error.diagnostics.isEmpty {
      let label = usesColor ? "\u{1b}[1;31merror:\u{1b}[0m" : "error:"
      write("gan-exp: \(label) \(error.message)\(error.remedy.map { "\n         \($0)" } ?? "")\n")
    } else {
      show(error.diagnostics, omitted: error.omittedCount)
    }
  }

  /// Shows mistakes and warnings in specs; `omitted` more were only counted.
  static func show(_ diagnostics: [Diagnostic], omitted: Int = 0) {
    guard !diagnostics.isEmpty else { return }
    var text = DiagnosticRenderer(color: usesColor).render(diagnostics, omitted: omitted)
    if !text.hasSuffix("\n") { text += "\n" }
    write(text)
  }
}
