import Specs
import Testing

extension Diagnostics {
  /// What was said, without the layout: place with its last column, message; then remedy and notes, indented.
  var summary: String {
    all.map { diagnostic in
      let place = diagnostic.mark.map { "\($0.line):\($0.column)-\($0.column + $0.length - 1) " } ?? ""
      let notes = diagnostic.related.map { "  \($0.mark.line):\($0.mark.column) \($0.note)" }
      let remedy = diagnostic.remedy.map { ["  \($0)"] } ?? []
      return ([place + diagnostic.message] + remedy + notes).joined(separator: "\n")
    }.joined(separator: "\n")
  }
}

/// One wrong text and everything said about it.
struct WrongText: Sendable, CustomTestStringConvertible {
  let text: String
  let expected: String

  init(_ text: String, _ expected: String...) {
    self.text = text
    self.expected = expected.joined(separator: "\n")
  }

  var testDescription: String { text.debugDescription }
}
