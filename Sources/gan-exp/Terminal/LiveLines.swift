/// Lines on a terminal that are drawn again in their place.
struct LiveLines {
  private var drawn = 0

  /// Takes them away, so that something else can be written there.
  mutating func erase() {
    if Terminal.isLive, drawn > 0 { Terminal.write("\u{1b}[\(drawn)A\u{1b}[J") }
    drawn = 0
  }

  /// Draws lines, each no wider than the terminal, in place of those before.
  mutating func draw(_ lines: [String]) {
    erase()
    Terminal.write(lines.map { $0.prefix(Terminal.width - 1) + "\n" }.joined())
    drawn = lines.count
  }
}
