import Specs

/// Texts between marks of HTML and SVG.
package enum Escaping {
  /// A text as the content of an element, in which nothing is taken for a mark.
  package static func text(_ text: String) -> String {
    // Most have nothing of the kind, and pages have very many.
    if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) && !special.contains($0) }) { return text }
    return EscapedText.text(text) { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      case "'": "&#39;"
      case "\n", "\t": nil
      // Characters that neither language allows.
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": "\u{FFFD}"
      default: nil
      }
    }
  }

  private static let special = Array("&<>\"'".utf8)

  /// A text as the value of an attribute between double quotation marks.
  package static func attribute(_ text: String) -> String { self.text(text).replacing("\n", with: "&#10;") }
}
