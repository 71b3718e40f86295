/// What a person should know of data that can be used, such as files that are left out.
package struct DataNote: Codable, Equatable, Sendable {
  /// What was found, in a sentence without a full stop; all of it that a record keeps.
  package let text: String
  /// What can be done about it.
  package let remedy: String?
  /// The field of the dataset that it is about; nothing for the one that says where the data lie.
  package let field: String?

  /// Says what was found.
  package init(_ text: String, remedy: String? = nil, at field: String? = nil) {
    self.text = text
    self.remedy = remedy
    self.field = field
  }

  /// Reads the text that a record kept.
  package init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(String.self))
  }

  /// Writes the text.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
