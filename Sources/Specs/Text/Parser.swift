/// Reads YAML text into nodes that know their places.
package enum Parser {
  /// libyaml's version.
  package static var libraryVersion: String { EventStream.libraryVersion }
  /// The largest spec that is read, in bytes.
  package static let byteLimit = Limits.spec.bytes
  /// How deep lists and mappings of a spec may nest, aliases included.
  package static let depthLimit = Limits.spec.depth
  /// How many keys one mapping may have.
  package static let keyLimit = Limits.spec.keys

  /// How much is read of a file.
  package struct Limits: Sendable {
    /// The largest file, in bytes.
    package let bytes: Int
    /// How deep lists and mappings may nest, aliases included.
    package let depth: Int
    /// How many nodes a document may have once every alias is written out.
    package let nodes: Int
    /// How many keys one mapping may have.
    package let keys: Int

    /// What a person may write.
    package static let spec = Limits(bytes: 1 << 18, depth: 64, nodes: 20_000, keys: 1000)
    /// What this program writes of it with every default: dozens of values for one.
    package static let resolved = Limits(bytes: 1 << 24, depth: 256, nodes: 1_000_000, keys: 1000)
  }
  /// How many lines may begin with `%`: checking one against the others takes libyaml quadratic time.
  private static let directiveLimit = 8

  /// Reads one document from the bytes of a file; `nil` when an error makes the rest unreadable.
  ///
  /// Mistakes that leave a tree behind (a duplicate key, an unknown tag) are reported, and the tree is returned.
  package static func parse(
    bytes: [UInt8], name: String, limits: Limits = .spec, diagnostics: Diagnostics
  ) -> Node? {
    do throws(Diagnostic) {
      guard bytes.count <= limits.bytes else {
        let place = Mark(source: Source(name: name, text: ""), line: 1, column: 1)
        throw .error(
          "the file has \(bytes.count) bytes; a spec has at most \(limits.bytes)", at: place,
          remedy: "is this the right file?")
      }
      let source = try DecodedText.source(of: bytes, name: name)
      return try parse(source.text, in: source, limits: limits, diagnostics: diagnostics)
    } catch {
      diagnostics.report(error)
      return nil
    }
  }

  /// Reads a text whose lines and columns are those of `source`.
  static func parse(
    _ text: String, in source: Source, limits: Limits = .spec, diagnostics: Diagnostics
  ) throws(Diagnostic) -> Node {
    try refuseManyDirectives(source)
    var builder = TreeBuilder(events: EventStream(text), source: source, limits: limits, diagnostics: diagnostics)
    return try builder.document()
  }

  private static func refuseManyDirectives(_ source: Source) throws(Diagnostic) {
    guard source.text.utf8.contains(UInt8(ascii: "%")) else { return }
    var count = 0
    for number in 1...max(1, source.lineCount) where source.line(number)?.utf8.first == UInt8(ascii: "%") {
      count += 1
      if count > directiveLimit {
        throw .error(
          "more than \(directiveLimit) lines that begin with %",
          at: Mark(source: source, line: number, column: 1),
          remedy: "a spec needs no directives")
      }
    }
  }
}
