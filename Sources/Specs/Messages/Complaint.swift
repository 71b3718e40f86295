/// Why a value is not what its field takes.
struct Complaint: Error {
  let message: String
  /// Where, when it is a part of the value.
  let mark: Mark?
  let remedy: String?

  init(_ message: String, at mark: Mark? = nil, _ remedy: String? = nil) {
    self.message = message
    self.mark = mark
    self.remedy = remedy
  }

  /// "units must be an integer, not a list".
  init(
    _ subject: String, mustBe expected: String, not node: Node, at mark: Mark? = nil, _ remedy: String? = nil
  ) {
    self.init("\(subject) must be \(expected), not \(Quotation.of(node))", at: mark, remedy)
  }
}
