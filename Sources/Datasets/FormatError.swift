/// Content that is not what its format asks for, with what is wrong in words.
public struct FormatError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong, as a clause such as "the header ends in the middle of a string".
  public let problem: String

  /// Says what is wrong.
  public init(_ problem: String) {
    self.problem = problem
  }

  /// The problem.
  public var description: String { problem }
}
