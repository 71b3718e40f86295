/// Reads YAML text into nodes that know their places.
public enum Parser {
  /// libyaml's version.
  public static var libraryVersion: String { EventStream.libraryVersion }
  /// The largest file that is read, in bytes.
  public static let byteLimit = 1 << 18
  /// How deep lists and mappings may nest, aliases included.
  public static let depthLimit = 64
  /// How many nodes a document may have once every alias is written out.
  public static let nodeLimit = 20_000
  /// How many keys one mapping may have.
  public static let keyLimit = 1000
  /// How many lines may begin with `%`: checking one against the others takes libyaml quadratic time.
  private static let directiveLimit = 8

  /// Reads one document from the bytes of a file; `nil` when an error makes the rest unreadable.
  ///
  /// Mistakes that leave a tree behind (a duplicate key, an unknown tag) are reported, and the tree is returned.
  public static func parse(bytes: [UInt8], name: String, diagnostics: Diagnostics) -> Node? {
    do throws(Diagnostic) {
      guard bytes.count <= byteLimit else {
        let place = Mark(source: Source(name: name, text: ""), line: 1, column: 1)
        throw .error(
          "the file has \(bytes.count) bytes; a spec has at most \(byteLimit)", at: place,
          remedy: "is this the right file?")
      }
      let source = try DecodedText.source(of: bytes, name: name)
      return try parse(source.text, in: source, diagnostics: diagnostics)
    } catch {
      diagnostics.report(error)
      return nil
    }
  }

  /// Reads a text whose lines and columns are those of `source`.
  static func parse(_ text: String, in source: Source, diagnostics: Diagnostics) throws(Diagnostic) -> Node {
    try refuseManyDirectives(source)
    var builder = TreeBuilder(events: EventStream(text), source: source, diagnostics: diagnostics)
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
