/// A font of figures on paper: the free ones that are as wide as Helvetica and Times.
package enum PaperFont: String, CaseIterable, Sendable {
  case sans, serif

  /// Its name.
  package var name: String { self == .sans ? "Liberation Sans" : "Liberation Serif" }

  /// Names for programs that may not have it, the first that is there.
  package var names: String {
    self == .sans
      ? "'Liberation Sans', Arial, Helvetica, sans-serif" : "'Liberation Serif', 'Times New Roman', Times, serif"
  }
}
