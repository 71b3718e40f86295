import Specs
import Sweeps
import Testing

/// Texts that are read in tests.
enum Reading {
  /// The tree of a text.
  static func node(_ text: String) throws -> Node {
    let diagnostics = Diagnostics()
    let node = Parser.parse(bytes: Array(text.utf8), name: "sweep.yaml", diagnostics: diagnostics)
    #expect(!diagnostics.hasErrors)
    return try #require(node)
  }

  /// The space of a text without mistakes.
  static func space(_ text: String) throws -> Space {
    let diagnostics = Diagnostics()
    let space = Space.read(try node(text), diagnostics: diagnostics)
    #expect(summary(diagnostics) == "")
    return try #require(space)
  }

  /// What is said of a text: place, message; then the remedy and the notes, indented.
  static func mistakes(_ text: String) throws -> String {
    let diagnostics = Diagnostics()
    let space = Space.read(try node(text), diagnostics: diagnostics)
    #expect((space == nil) == diagnostics.hasErrors)
    return summary(diagnostics)
  }

  /// Everything said, without the layout.
  static func summary(_ diagnostics: Diagnostics) -> String {
    diagnostics.all.map { diagnostic in
      let place = diagnostic.mark.map { "\($0.line):\($0.column)-\($0.column + $0.length - 1) " } ?? ""
      let notes = diagnostic.related.map { "  \($0.mark.line):\($0.mark.column) \($0.note)" }
      return ([place + diagnostic.message] + (diagnostic.remedy.map { ["  " + $0] } ?? []) + notes).joined(
        separator: "\n")
    }.joined(separator: "\n")
  }
}

extension Reading {
  /// The sweep of a text without mistakes.
  static func sweep(_ text: String) throws -> Sweep {
    let diagnostics = Diagnostics()
    let sweep = Sweep.read(try node(text), diagnostics: diagnostics)
    #expect(summary(diagnostics) == "")
    return try #require(sweep)
  }

  /// What is said of a sweep with mistakes.
  static func sweepMistakes(_ text: String) throws -> String {
    let diagnostics = Diagnostics()
    let sweep = Sweep.read(try node(text), diagnostics: diagnostics)
    #expect((sweep == nil) == diagnostics.hasErrors)
    return summary(diagnostics)
  }
}
