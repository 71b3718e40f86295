import Glibc

/// What a terminal answers when it is asked what it is.
enum TerminalAnswer {
  /// Whether it shows sixels: number 4 among its primary device attributes.
  ///
  /// A terminal that does not answer within a second has none: over a network it takes a while.
  static var hasSixel: Bool {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { return false }
    var before = termios()
    guard tcgetattr(STDIN_FILENO, &before) == 0 else { return false }
    var quiet = before
    quiet.c_lflag &= ~tcflag_t(ICANON | ECHO)
    // Reading ends after ten tenths of a second without a letter.
    withUnsafeMutableBytes(of: &quiet.c_cc) { codes in
      codes[Int(VMIN)] = 0
      codes[Int(VTIME)] = 10
    }
    guard tcsetattr(STDIN_FILENO, TCSANOW, &quiet) == 0 else { return false }
    defer { tcsetattr(STDIN_FILENO, TCSAFLUSH, &before) }
    guard (try? Terminal.draw("\u{1b}[c")) != nil else { return false }
    var answer: [UInt8] = []
    var letter: UInt8 = 0
    while answer.count < 64, read(STDIN_FILENO, &letter, 1) == 1 {
      answer.append(letter)
      if letter == UInt8(ascii: "c") { break }
    }
    return isSixel(String(decoding: answer, as: UTF8.self))
  }

  /// Whether an answer such as `ESC [ ? 6 2 ; 4 ; 6 c` has the number.
  static func isSixel(_ answer: String) -> Bool {
    guard let start = answer.firstRange(of: "\u{1b}[?")?.upperBound, answer.hasSuffix("c") else { return false }
    return answer[start...].dropLast().split(separator: ";").dropFirst().contains("4")
  }
}
