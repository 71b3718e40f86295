/// Texts in which some characters are written otherwise, as languages ask for it.
package enum EscapedText {
  /// A text with what stands for its characters.
  /// - Parameter escape: what stands for a scalar; nil where it stands for itself.
  package static func text(_ text: String, _ escape: (Unicode.Scalar) -> String?) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if let escaped = escape(scalar) { result += escaped } else { result.unicodeScalars.append(scalar) }
    }
    return result
  }
}
