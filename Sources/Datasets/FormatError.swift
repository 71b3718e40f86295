/// Content that is not what its format asks for, with what is wrong in words.
public struct FormatError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong, as a clause such as "the header ends in the middle of a string".
  public let problem: String
  /// How to mend it, where more is known than that the file should be another one.
  public let remedy: String?
  /// The field of the dataset that decides it, where it is not the one that names the file.
  public let field: String?

  /// Says what is wrong.
  public init(_ problem: String, remedy: String? = nil, at field: String? = nil) {
    self.problem = problem
    self.remedy = remedy
    self.field = field
  }

  /// The problem.
  public var description: String { problem }
}
