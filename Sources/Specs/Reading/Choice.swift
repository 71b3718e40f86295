/// An enumeration whose cases are words of a spec: `enum Padding: String, Choice { case valid, same }`.
package protocol Choice: RawRepresentable, CaseIterable, Sendable where RawValue == String {
  /// What other programs call the word, in lower case.
  var alsoCalled: [String] { get }
}

extension Choice {
  package var alsoCalled: [String] { [] }

  /// All words in order.
  static var words: [ChoiceWord] { allCases.map { ChoiceWord(name: $0.rawValue, alsoCalled: $0.alsoCalled) } }
}

/// One of the words that a field takes.
struct ChoiceWord: Named {
  let name: String
  var alsoCalled: [String] = []
}
