/// Content that is not what its format asks for, with what is wrong in words.
package struct FormatError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong, as a clause such as "the header ends in the middle of a string".
  package let problem: String
  /// How to mend it, where more is known than that the file should be another one.
  package let remedy: String?
  /// The field of the dataset that decides it, where it is not the one that names the file.
  package let field: String?

  /// Says what is wrong.
  package init(_ problem: String, remedy: String? = nil, at field: String? = nil) {
    self.problem = problem
    self.remedy = remedy
    self.field = field
  }

  /// The problem.
  package var description: String { problem }
}
