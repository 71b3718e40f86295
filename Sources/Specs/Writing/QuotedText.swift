/// Texts in double quotes, as YAML and JSON both read them.
enum QuotedText {
  /// A text in quotes.
  /// - Parameter escape: what stands behind a backslash for a scalar that has no letter of its own there; nil where it stands
  ///   for itself.
  static func text(_ text: String, escape: (Unicode.Scalar) -> String?) -> String {
    let content = EscapedText.text(text) { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n": "\\n"
      case "\t": "\\t"
      case "\r": "\\r"
      default: escape(scalar).map { "\\" + $0 }
      }
    }
    return "\"\(content)\""
  }
}
