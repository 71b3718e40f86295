/// What specs call by a name, and other programs maybe by others.
package protocol Named {
  /// Its name in a spec.
  var name: String { get }
  /// Its names in other programs, in lower case.
  var alsoCalled: [String] { get }
}

extension Sequence where Element: Named {
  /// The first that other programs call so, in whatever case.
  package func first(alsoCalled word: String) -> Element? {
    guard word.utf8.count <= 64 else { return nil }
    let word = word.lowercased()
    return first { $0.alsoCalled.contains(word) }
  }

  /// The name that a word probably means: that of what other programs call so, else the nearest.
  func name(meantBy word: String) -> String? {
    first(alsoCalled: word)?.name ?? Suggestion.nearest(to: word, among: map(\.name))
  }
}

/// Names of other programs for what specs leave out.
package struct NeedlessNames: Sendable {
  /// The names, in lower case.
  let names: [String]
  /// What to do about them: "leave it out", and why.
  let remedy: String

  /// Gives names their remedy.
  package init(_ names: [String], _ remedy: String) {
    self.names = names
    self.remedy = remedy
  }
}

extension Sequence where Element == NeedlessNames {
  /// What to do about a name; nil where it is not among them.
  func remedy(for word: String) -> String? {
    let word = word.lowercased()
    return first { $0.names.contains(word) }?.remedy
  }
}
