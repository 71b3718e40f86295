/// A place in a source: where a value stands and how much of it to underline.
public struct Mark: Hashable, Sendable {
  /// The text it points into; compared by identity.
  public let source: Source
  /// The line, from 1.
  public let line: Int
  /// The column, from 1, in characters (Unicode scalars).
  public let column: Int
  /// How many characters to underline, at least 1.
  public let length: Int

  /// Points at `length` characters; numbers below 1 become 1.
  public init(source: Source, line: Int, column: Int, length: Int = 1) {
    self.source = source
    self.line = max(1, line)
    self.column = max(1, column)
    self.length = max(1, length)
  }

  /// The mark of values that no text holds, such as defaults.
  public static let nowhere = Mark(source: .nowhere, line: 1, column: 1)

  /// Whether a text holds the value.
  public var isSomewhere: Bool { source !== Source.nowhere }

  /// `name:line:column`, as compilers write it.
  public var location: String { "\(source.name):\(line):\(column)" }
}
