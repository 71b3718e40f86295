/// Texts in double quotes, as YAML and JSON both read them.
enum QuotedText {
  /// A text in quotes.
  /// - Parameter escape: what stands behind a backslash for a scalar that has no letter of its own there; nil where it stands
  ///   for itself.
  static func text(_ text: String, escape: (Unicode.Scalar) -> String?) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      default:
        if let escaped = escape(scalar) { result += "\\" + escaped } else { result.unicodeScalars.append(scalar) }
      }
    }
    return result + "\""
  }
}
