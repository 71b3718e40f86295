import Glibc
import Runs

/// The whole terminal while something is followed, and as it was before when that ends.
///
/// It is the other screen of the terminal, so that nothing of what stood there is lost.
final class LiveScreen {
  private var isOpen = true

  /// Takes the screen.
  ///
  /// Signals that end a program are only noted from here on, so that it can be given back.
  init() throws {
    Interruption.listen()
    try Terminal.draw("\u{1b}[?1049h\u{1b}[?25l\u{1b}[2J")
  }

  /// Columns and lines of it.
  static var size: (columns: Int, rows: Int) {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return (80, 24) }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  /// Pixels of a place of it; those of a usual font where the terminal does not say.
  static var place: (width: Int, height: Int) {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0, size.ws_xpixel > 0,
      size.ws_ypixel > 0
    else { return (10, 20) }
    return (Int(size.ws_xpixel / size.ws_col), Int(size.ws_ypixel / size.ws_row))
  }

  /// Draws lines in place of those before, and a picture below them.
  func draw(_ lines: [String], picture: String?) throws {
    let text = lines.map { $0 + "\u{1b}[K" }.joined(separator: "\r\n")
    // One write, that nobody see half of it.
    try Terminal.draw("\u{1b}[?2026h\u{1b}[H\(text)\r\n\u{1b}[J\(picture ?? "")\u{1b}[?2026l")
  }

  /// Gives the screen back.
  func close() {
    guard isOpen else { return }
    isOpen = false
    try? Terminal.draw("\u{1b}[?25h\u{1b}[?1049l")
  }

  deinit { close() }
}
