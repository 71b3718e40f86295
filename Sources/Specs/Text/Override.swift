/// Values given on the command line: `--set generator[0].dense.units=128`.
package enum Override {
  /// How messages name the argument.
  package static let sourceName = "--set"

  /// The tree with one value replaced or added; the tree as it was when the argument is wrong, which is reported.
  ///
  /// The value is YAML in one line, such as `5`, `[7, 7]` or `{adam: {beta_1: 0.5}}`; nothing means null. A key that does not
  /// exist is added: whoever reads the fields decides whether it is known, and shows its place in the argument. On the way,
  /// an entry written as a name (`loss: non_saturating`) becomes a mapping that can take fields.
  package static func apply(_ argument: String, to root: Node, diagnostics: Diagnostics) -> Node {
    do throws(Diagnostic) {
      // Through the decoder, so that control characters and size are refused as in a file.
      guard argument.utf8.count <= Parser.byteLimit else {
        throw .error(
          "an override of \(argument.utf8.count) bytes", at: nil,
          remedy: "put it in a file that extends this one")
      }
      let source = try DecodedText.source(of: Array(argument.utf8), name: sourceName)
      if source.lineCount > 1 {
        throw .error(
          "an override of several lines", at: Mark(source: source, line: 2, column: 1),
          remedy: "write it in one line")
      }
      let path = try OverridePath(source)
      let value = try value(in: source, behind: path, diagnostics)
      return try replace(path.steps[...], in: root, with: value, path: "")
    } catch {
      diagnostics.report(error)
      return root
    }
  }

  /// The tree with the value of a key, such as `generator[0].dense.units`, replaced or added, as `apply` does; mistakes are at the
  /// key and at the value.
  package static func set(_ key: Node, to value: Node, in root: Node, diagnostics: Diagnostics) -> Node {
    do throws(Diagnostic) {
      let text = key.text ?? ""
      guard !text.utf8.contains(UInt8(ascii: "=")) else {
        throw .error("a key with an = in it", at: key.mark, remedy: "write a path such as a.b[0].c")
      }
      let path = try OverridePath(try DecodedText.source(of: Array((text + "=").utf8), name: sourceName))
      let steps = path.steps.map { $0.moved(to: key.mark) }
      return try replace(steps[...], in: root, with: value, path: "")
    } catch {
      diagnostics.error(
        error.message, at: error.mark?.source.name == sourceName ? key.mark : error.mark,
        remedy: error.mark?.source.name == sourceName ? "write a path such as a.b[0].c" : error.remedy)
      return root
    }
  }

  private static func value(
    in source: Source, behind path: OverridePath, _ diagnostics: Diagnostics
  ) throws(Diagnostic) -> Node {
    let scalars = source.text.unicodeScalars
    let text = String(scalars.dropFirst(path.valueOffset))
    guard text.unicodeScalars.contains(where: { $0 != " " }) else {
      return Node(.null, mark: Mark(source: source, line: 1, column: path.valueOffset), traits: .blank)
    }
    // Blanks in place of the path, so that columns are those of the argument.
    let padded = String(repeating: " ", count: path.valueOffset) + text
    return try Parser.parse(padded, in: source, diagnostics: diagnostics)
  }

  private static func replace(
    _ steps: ArraySlice<OverridePath.Step>, in node: Node, with value: Node, path: String
  ) throws(Diagnostic) -> Node {
    guard let step = steps.first else { return value.isNull ? value.merged(over: node) : value }
    let rest = steps.dropFirst()
    switch step {
    case .key(let name, let mark) where node.elements == nil || step.index == nil:
      return try replace(
        name, mark, rest, in: node, with: value, path: path.isEmpty ? name : "\(path).\(name)")
    case .index(_, let mark), .key(_, let mark):
      let index = step.index ?? 0
      guard var elements = node.elements else {
        throw .error(
          "\(path) is \(Quotation.of(node)), not a list", at: mark,
          remedy: node.isNull ? nil : "remove the index")
      }
      guard index < elements.count else {
        let have = elements.isEmpty ? "the list is empty" : "the last is \(path)[\(elements.count - 1)]"
        throw .error("there is no \(path)[\(index)]", at: mark, remedy: have)
      }
      elements[index] = try replace(rest, in: elements[index], with: value, path: "\(path)[\(index)]")
      return Node(.sequence(elements), mark: node.mark, generation: node.generation)
    }
  }

  private static func replace(
    _ name: String, _ mark: Mark, _ rest: ArraySlice<OverridePath.Step>, in node: Node, with value: Node,
    path: String
  ) throws(Diagnostic) -> Node {
    let key = Node(.scalar(name, plain: true), mark: mark)
    switch node.content {
    case .sequence(let elements):
      let parent = path.dropLast(name.count + 1)
      throw .error(
        "\(parent) is a list of \(elements.count)", at: mark, remedy: "say which: \(parent)[0]")
    case .mapping(var pairs):
      if let index = pairs.firstIndex(where: { $0.key.text == name }) {
        let inner = try replace(rest, in: pairs[index].value, with: value, path: path)
        // What is set is as young as can be, so that an entry named here wins over one that was inherited. Its place is
        // here too: whatever does not fit any more was changed by this argument.
        pairs[index] = (key: key, value: inner)
      } else {
        let inner = try replace(rest, in: .null, with: value, path: path)
        pairs = pairs.map { (key: $0.key.inherited(by: 1), value: $0.value) }
        pairs.append((key: key, value: inner))
      }
      return Node(.mapping(pairs), mark: node.mark, generation: node.generation)
    case .null, .scalar:
      // A name without fields, or nothing yet. Another name stays as if it were inherited, for messages.
      let inner = try replace(rest, in: .null, with: value, path: path)
      let old = node.text.flatMap { text in text.isEmpty || text == name ? nil : node.inherited(by: 1) }
      return Node(
        .mapping(
          (old.map { [(key: $0, value: Node(.null, mark: $0.mark))] } ?? []) + [(key: key, value: inner)]),
        mark: node.isNull ? mark : node.mark)
    }
  }
}
