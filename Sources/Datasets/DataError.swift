/// Why the samples of a dataset could not be had, and what to do about it.
package struct DataError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The kinds of failure.
  package enum Kind: Sendable {
    /// Nowhere is there a file with the data.
    case missing
    /// There is a file, but the system does not let it be read.
    case unreadable
    /// The file was read, but it is not what it should be.
    case damaged
    /// The data are fine, but not what the fields of the dataset ask for.
    case unfit
  }

  /// What kind of failure it is.
  package let kind: Kind
  /// What happened, in one line.
  package let headline: String
  /// Where data were looked for, a line each.
  package let places: [String]
  /// What the user can do about it, as a clause without a full stop.
  package let remedy: String
  /// The field of the dataset that decides it; nothing where it is the dataset as a whole.
  package let field: String?

  init(_ kind: Kind, _ headline: String, places: [String] = [], remedy: String, at field: String? = nil) {
    self.kind = kind
    self.headline = headline
    self.places = places
    self.remedy = remedy
    self.field = field
  }

  /// What happened; more than one line when places are listed.
  package var message: String {
    places.isEmpty ? headline : "\(headline) in\n\(places.map { "  \($0)\n" }.joined())"
  }

  /// The exit code that says the same in the terms of `sysexits.h`: 66 for missing input, else 65.
  package var exitCode: Int32 { kind == .missing || kind == .unreadable ? 66 : 65 }

  /// The message and the remedy.
  package var description: String { "\(message); \(remedy)" }
}
