import Datasets
import Files

/// Ways of showing a picture in a terminal.
enum TerminalPicture: Equatable {
  /// Not at all.
  case none
  /// Two pixels in each place, in colours of 24 bits or of a table of 256.
  case halfBlocks(isTrueColor: Bool)
  /// The graphics protocol of kitty, which takes a PNG.
  case kitty
  /// Sixels, six rows of pixels at a time.
  case sixel

  /// What the terminal on stdout can do, by its environment and by what it answers.
  static var best: TerminalPicture {
    guard Terminal.outputUsesColor else { return .none }
    let term = Terminal.value("TERM")
    let isMultiplexed = term.hasPrefix("tmux") || term.hasPrefix("screen")
    if !isMultiplexed, term.contains("kitty") || term.contains("ghostty") || !Terminal.value("KITTY_WINDOW_ID").isEmpty
    {
      return .kitty
    }
    if TerminalAnswer.hasSixel { return .sixel }
    if ["truecolor", "24bit"].contains(Terminal.value("COLORTERM")) { return .halfBlocks(isTrueColor: true) }
    return term.contains("256color") || term.contains("direct") ? .halfBlocks(isTrueColor: false) : .none
  }

  /// A picture in so many columns and lines at most.
  /// - Parameter isRedrawn: whether it takes the place of the one before, and the cursor stays at its upper left corner; else the
  ///   cursor is below it after a line's end.
  func text(_ png: [UInt8], columns: Int, rows: Int, place: (width: Int, height: Int), isRedrawn: Bool) -> String? {
    guard self != .none, columns > 1, rows > 1, let picture = try? PNG(decoding: png) else { return nil }
    switch self {
    case .none: return nil
    case .kitty:
      let (width, height) = TerminalPicture.fitted(picture, columns * place.width, rows * place.height)
      let size = "c=\(max(1, width / place.width)),r=\(max(1, height / place.height))"
      return TerminalPicture.kitty(png, size: size, isRedrawn: isRedrawn)
    case .sixel:
      // A line stays free: below sixels the terminal begins another one.
      let (width, height) = TerminalPicture.fitted(picture, columns * place.width, (rows - 1) * place.height)
      return Sixels.text(PictureScale.scaled(picture, width: width, height: height))
    case .halfBlocks(let isTrueColor):
      let (width, height) = TerminalPicture.fitted(picture, columns, rows * 2)
      return TerminalPicture.blocks(
        PictureScale.scaled(picture, width: width, height: height), isTrueColor: isTrueColor)
    }
  }

  /// The largest size within limits, at most four times that of the picture.
  private static func fitted(_ picture: PNG, _ width: Int, _ height: Int) -> (width: Int, height: Int) {
    let factor = min(Double(width) / Double(picture.width), Double(height) / Double(picture.height), 4)
    return (max(1, Int(Double(picture.width) * factor)), max(1, Int(Double(picture.height) * factor)))
  }

  private static func kitty(_ png: [UInt8], size: String, isRedrawn: Bool) -> String {
    let data = Array(Base64.text(png).utf8)
    var text = isRedrawn ? "\u{1b}_Ga=d,q=2\u{1b}\\" : ""
    for start in stride(from: 0, to: data.count, by: 4096) {
      let end = min(start + 4096, data.count)
      let head = start == 0 ? "a=T,f=100,q=2,\(isRedrawn ? "C=1," : "")\(size)," : ""
      let part = String(decoding: data[start..<end], as: UTF8.self)
      text += "\u{1b}_G\(head)m=\(end < data.count ? 1 : 0);\(part)\u{1b}\\"
    }
    return text
  }

  /// The upper pixel as the letter's colour, the lower one as the ground's.
  private static func blocks(_ picture: PictureScale, isTrueColor: Bool) -> String {
    func color(_ x: Int, _ y: Int, _ kind: Int) -> String {
      let (r, g, b) = picture.color(x, y)
      return isTrueColor ? "\(kind);2;\(r);\(g);\(b)" : "\(kind);5;\(number(r, g, b))"
    }
    var lines: [String] = []
    for y in stride(from: 0, to: picture.height, by: 2) {
      var (line, before) = ("", "")
      for x in 0..<picture.width {
        let isLast = y + 1 >= picture.height
        let codes = color(x, y, 38) + (isLast ? "" : ";" + color(x, y + 1, 48))
        if codes != before { line += "\u{1b}[\(codes)m" }
        before = codes
        line += "▀"
      }
      lines.append(line + "\u{1b}[0m\u{1b}[K")
    }
    return lines.joined(separator: "\r\n")
  }

  /// The nearest of the table's 6 x 6 x 6 colours and 24 levels of gray.
  private static func number(_ r: Int, _ g: Int, _ b: Int) -> Int {
    if max(r, g, b) - min(r, g, b) < 12 {
      let level = (r + g + b) / 3
      return level < 4 ? 16 : level > 246 ? 231 : 232 + min(23, max(0, (level - 3) / 10))
    }
    func part(_ value: Int) -> Int { value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40 }
    return 16 + 36 * part(r) + 6 * part(g) + part(b)
  }
}
