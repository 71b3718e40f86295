import ArgumentParser
import Files
import Glibc
import Specs
import Training

/// Where people read: stderr for what they watch, stdout for results.
package enum Terminal {
  /// Whether stderr is a terminal.
  static let isInteractive = isatty(STDERR_FILENO) == 1

  /// Whether a line there can be written again and again.
  static let isLive = isInteractive && value("TERM") != "dumb"

  /// Whether stdout is a terminal.
  static let isOutputInteractive = isatty(STDOUT_FILENO) == 1

  /// Whether colors are welcome there (https://no-color.org).
  static let usesColor = isLive && value("NO_COLOR").isEmpty

  /// Whether they are on stdout.
  static let outputUsesColor = isOutputInteractive && value("TERM") != "dumb" && value("NO_COLOR").isEmpty

  /// What an environment variable says; nothing where it is not set.
  static func value(_ name: String) -> String { getenv(name).map { String(cString: $0) } ?? "" }

  /// Columns of the terminal that stderr is; 100 where it does not say.
  static var width: Int { errorWidth ?? 100 }

  /// Columns of stderr: what `COLUMNS` says, or the terminal's; nil where it is a file or a pipe.
  static var errorWidth: Int? { columns(of: STDERR_FILENO) }

  /// Columns for results: what `COLUMNS` says, or the terminal's; nil where stdout is a file or a pipe, whose readers
  /// want everything.
  static var outputWidth: Int? { columns(of: STDOUT_FILENO) }

  private static func columns(of descriptor: Int32) -> Int? {
    if let wanted = Int(value("COLUMNS")), wanted > 0 { return wanted }
    var size = winsize()
    return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : nil
  }

  /// Columns for results in sentences, which are wrapped in files and pipes too: there 100.
  static var proseWidth: Int { outputWidth ?? 100 }

  /// Writes to stderr, in one call; where nobody reads it the work goes on.
  static func write(_ text: String) { _ = write(text, to: STDERR_FILENO) }

  /// Writes a remark to stderr; what it cites from files does not steer the terminal.
  static func note(_ message: String) {
    write("note: \(wrapped(message, beside: 6).joined(separator: "\n      "))\n")
  }

  /// The lines of a text, which are broken between words where stderr is a terminal that has so many columns less.
  private static func wrapped(_ text: String, beside taken: Int) -> [String] {
    text.split(separator: "\n").map { DisplayText.printable(String($0)) }.flatMap { line in
      let indentation = String(line.prefix { $0 == " " })
      return errorWidth.map { Paragraph.lines(line, behind: indentation, width: $0 - taken) } ?? [line]
    }
  }

  /// Writes a line of results to stdout.
  /// - Throws: the exit code: 0 where the reader has gone, as `head` does; 74 after a message for a full disk and the like.
  package static func print(_ text: String) throws {
    try finish(write(text + "\n", to: STDOUT_FILENO))
  }

  /// Writes to stdout what steers a terminal there.
  static func draw(_ text: String) throws { try finish(write(text, to: STDOUT_FILENO)) }

  /// Writes bytes of results to stdout.
  static func print(_ bytes: [UInt8]) throws { try finish(write(bytes, to: STDOUT_FILENO)) }

  private static func finish(_ code: Int32) throws {
    guard code != 0 else { return }
    if code == EPIPE { throw ExitCode.success }
    show(RunError(FileError(path: "standard output", action: .write, code: code)))
    throw ExitCode(74)
  }

  private static func write(_ text: String, to descriptor: Int32) -> Int32 {
    write([UInt8](text.utf8), to: descriptor)
  }

  /// Returns the system's error number; 0 when all was written.
  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    var written = 0
    while written < bytes.count {
      let accepted = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress?.advanced(by: written), $0.count - written)
      }
      if accepted < 0, errno == EINTR { continue }
      guard accepted > 0 else { return accepted < 0 ? errno : EIO }
      written += accepted
    }
    return 0
  }

  /// Makes the process fit for work: nobody reading what it says and a limit on the size of files are errors of single
  /// writes, not its end, and no file it opens takes the place of a closed standard stream.
  static func prepare() {
    for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) }
    var descriptor: Int32
    repeat { descriptor = open("/dev/null", O_RDWR) } while (0...STDERR_FILENO).contains(descriptor)
    if descriptor > STDERR_FILENO { close(descriptor) }
  }

  /// Text in bold, where colors are welcome.
  static func bold(_ text: String, where isWelcome: Bool = usesColor) -> String {
    isWelcome ? "\u{1b}[1m\(text)\u{1b}[0m" : text
  }
  /// Text that may be overlooked.
  static func dim(_ text: String) -> String { usesColor ? "\u{1b}[2m\(text)\u{1b}[0m" : text }

  /// Shows why a command ended.
  static func show(_ error: RunError) {
    if error.diagnostics.isEmpty {
      let label = usesColor ? "\u{1b}[1;31merror:\u{1b}[0m" : "error:"
      // A file's name or content in a message must not steer the terminal.
      // The first line has the label before it.
      let first = wrapped("\(String(repeating: "x", count: 6)) \(error.message)", beside: 9)
      let lines =
        [String(first[0].dropFirst(7))] + first.dropFirst() + (error.remedy.map { wrapped($0, beside: 9) } ?? [])
      write("gan-exp: \(label) \(lines.joined(separator: "\n         "))\n")
    } else {
      show(error.diagnostics, omitted: error.omittedCount)
    }
  }

  /// Shows mistakes and warnings in specs; `omitted` more were only counted.
  static func show(_ diagnostics: [Diagnostic], omitted: Int = 0) {
    guard !diagnostics.isEmpty else { return }
    var text = DiagnosticRenderer(color: usesColor, program: "gan-exp", width: errorWidth).render(
      diagnostics, omitted: omitted)
    if !text.hasSuffix("\n") { text += "\n" }
    write(text)
  }
}
