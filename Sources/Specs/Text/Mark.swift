/// A place in a source: where a value stands and how much of it to underline.
package struct Mark: Hashable, Sendable {
  /// The text it points into; compared by identity.
  package let source: Source
  /// The line, from 1.
  package let line: Int
  /// The column, from 1, in characters (Unicode scalars).
  package let column: Int
  /// How many characters to underline, at least 1.
  package let length: Int

  /// Points at `length` characters; numbers below 1 become 1.
  package init(source: Source, line: Int, column: Int, length: Int = 1) {
    self.source = source
    self.line = max(1, line)
    self.column = max(1, column)
    self.length = max(1, length)
  }

  /// The mark of values that no text holds, such as defaults.
  package static let nowhere = Mark(source: .nowhere, line: 1, column: 1)

  /// Whether a text holds the value.
  package var isSomewhere: Bool { source !== Source.nowhere }

  /// `name:line:column`, as compilers write it.
  package var location: String { "\(source.name):\(line):\(column)" }
}
