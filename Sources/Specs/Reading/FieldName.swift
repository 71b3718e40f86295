/// The key of a field, with what a remedy needs to know of it; a literal is a key of which nothing is known.
///
/// Fields that several readers have in common are constants: `static let rate = FieldName("rate", alsoCalled: ["p"])`.
package struct FieldName: Named, Sendable, ExpressibleByStringLiteral {
  package let name: String
  package let alsoCalled: [String]
  /// A value that a person would try first, in YAML; nil where one is made up.
  let example: String?

  /// Names a field.
  package init(_ name: String, alsoCalled: [String] = [], example: String? = nil) {
    self.name = name
    self.alsoCalled = alsoCalled
    self.example = example
  }

  package init(stringLiteral name: String) { self.init(name) }
}
