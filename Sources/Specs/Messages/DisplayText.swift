/// Text as a terminal shows it: how wide, and with nothing in it that could steer the terminal.
package enum DisplayText {
  /// A scalar as it is printed: controls and invisible marks as escapes, a tab as a space.
  static func cell(_ scalar: Unicode.Scalar) -> (text: String, width: Int) {
    if scalar == "\t" { return (" ", 1) }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate:
      let text = "\\u{\(DecodedText.hexadecimal(scalar.value, digits: 2))}"
      return (text, text.utf8.count)
    case .nonspacingMark, .enclosingMark:
      return (String(scalar), 0)
    default:
      return (String(scalar), isWide(scalar) ? 2 : 1)
    }
  }

  /// A text in one line.
  package static func printable(_ text: String) -> String {
    if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return text }
    return text.unicodeScalars.map { cell($0).text }.joined()
  }

  /// The columns a printable text takes.
  package static func width(_ text: String) -> Int {
    // Tables of many rows are measured cell by cell.
    if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return text.utf8.count }
    return text.unicodeScalars.reduce(0) { $0 + cell($1).width }
  }

  /// East Asian wide and full-width characters and pictures, by block.
  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
      0x1F900...0x1F9FF,
      0x20000...0x3FFFD:
      true
    default:
      false
    }
  }
}
