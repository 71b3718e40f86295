/// One mistake in a source, or a warning about it: a value, whose prose is laid out by `DiagnosticRenderer`.
package struct Diagnostic: Error, Sendable {
  /// Whether the text can be used.
  package enum Severity: Sendable {
    /// It cannot.
    case error
    /// It can, but probably says something else than was meant.
    case warning
  }

  /// How bad it is.
  package let severity: Severity
  /// What was found and what is allowed, in one sentence without a full stop.
  package let message: String
  /// Where, when it is somewhere.
  package let mark: Mark?
  /// How to mend it; printed behind the carets.
  package let remedy: String?
  /// What to write, line by line, below the remedy.
  package let lines: [String]
  /// Other places that explain it.
  package let related: [(mark: Mark, note: String)]

  /// Describes a mistake; marks that are nowhere are dropped.
  package init(
    _ severity: Severity, _ message: String, at mark: Mark?, remedy: String? = nil, lines: [String] = [],
    related: [(mark: Mark, note: String)] = []
  ) {
    self.severity = severity
    self.message = message
    self.mark = mark.flatMap { $0.isSomewhere ? $0 : nil }
    self.remedy = remedy
    self.lines = lines
    self.related = related.filter { $0.mark.isSomewhere }
  }

  /// Describes an error.
  package static func error(
    _ message: String, at mark: Mark?, remedy: String? = nil, related: [(mark: Mark, note: String)] = []
  ) -> Diagnostic {
    Diagnostic(.error, message, at: mark, remedy: remedy, related: related)
  }
}
