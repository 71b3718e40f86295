/// Writes nodes as YAML that a person would write: block style outside, flow style for what is small.
///
/// Reading the text gives an equivalent tree back (`Node.isEquivalent`), except for a text with a NUL character, which no
/// reader takes.
package enum Emitter {
  /// The columns that a line of flow style may take.
  private static let width = 100

  /// A whole document, with a line break at its end.
  package static func text(of node: Node) -> String {
    var lines: [String] = []
    switch node.content {
    case .mapping(let pairs) where !pairs.isEmpty: append(pairs, indentation: 0, to: &lines)
    case .sequence(let elements) where !elements.isEmpty && !isFlow(node, room: width, depth: 0):
      append(elements, indentation: 0, to: &lines)
    default: lines.append(flowText(of: node))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A node in one line, in flow style.
  package static func flowText(of node: Node) -> String {
    switch node.content {
    case .null: "null"
    case .scalar(let text, let plain): scalar(text, plain: plain)
    case .sequence(let elements): "[" + elements.map(flowText).joined(separator: ", ") + "]"
    case .mapping(let pairs): "{" + pairs.map(flowPair).joined(separator: ", ") + "}"
    }
  }

  private static func flowPair(_ pair: (key: Node, value: Node)) -> String {
    let key = self.key(pair.key)
    return (isLong(key) ? "? " : "") + key + ": " + flowText(of: pair.value)
  }

  private static func key(_ node: Node) -> String {
    let text = node.text ?? ""
    return text == "<<" ? quoted(text) : scalar(text, plain: true)
  }

  /// Whether a key is longer than those that readers find without a question mark.
  private static func isLong(_ key: String) -> Bool { key.utf8.count > 200 }

  private static func append(_ pairs: [(key: Node, value: Node)], indentation: Int, to lines: inout [String]) {
    let blanks = String(repeating: " ", count: indentation)
    for pair in pairs {
      let key = key(pair.key)
      var opening = blanks + key + ":"
      if isLong(key) {
        lines.append(blanks + "? " + key)
        opening = blanks + ":"
      }
      append(pair.value, behind: opening, indentation: indentation, to: &lines)
    }
  }

  private static func append(
    _ value: Node, behind opening: String, indentation: Int, to lines: inout [String]
  ) {
    if isFlow(value, room: width - opening.utf8.count - 1, depth: indentation / 2) {
      lines.append(opening + " " + flowText(of: value))
    } else if let pairs = value.pairs {
      lines.append(opening)
      append(pairs, indentation: indentation + 2, to: &lines)
    } else {
      lines.append(opening)
      append(value.elements ?? [], indentation: indentation + 2, to: &lines)
    }
  }

  private static func append(_ elements: [Node], indentation: Int, to lines: inout [String]) {
    let blanks = String(repeating: " ", count: indentation)
    for element in elements {
      // The lines of the element, whose first one begins behind the dash.
      var inner: [String] = []
      if let pairs = element.pairs, !pairs.isEmpty {
        append(pairs, indentation: indentation + 2, to: &inner)
      } else if let nested = element.elements, !isFlow(element, room: width - indentation - 2, depth: 2) {
        append(nested, indentation: indentation + 2, to: &inner)
      } else {
        inner.append(blanks + "  " + flowText(of: element))
      }
      lines.append(blanks + "- " + inner[0].dropFirst(indentation + 2))
      lines += inner.dropFirst()
    }
  }

  /// Whether a value is written in one line behind its key.
  private static func isFlow(_ node: Node, room: Int, depth: Int) -> Bool {
    switch node.content {
    case .null, .scalar: return true
    case .sequence(let elements):
      if elements.isEmpty { return true }
      guard elements.count <= room, elements.allSatisfy({ $0.pairs == nil && $0.elements == nil }) else {
        return false
      }
    case .mapping(let pairs):
      if pairs.isEmpty { return true }
      guard pairs.count <= (depth == 0 ? 3 : 12), isSmall(pairs) else { return false }
    }
    return flowText(of: node).utf8.count <= room
  }

  /// Whether a mapping holds only scalars and short lists, or is one name with such a mapping.
  private static func isSmall(_ pairs: [(key: Node, value: Node)]) -> Bool {
    if pairs.count == 1, let inner = pairs[0].value.pairs { return isSmall(inner) }
    return pairs.allSatisfy { pair in
      switch pair.value.content {
      case .null, .scalar: true
      case .sequence(let elements): elements.allSatisfy { $0.text != nil }
      case .mapping(let inner): inner.isEmpty
      }
    }
  }

  private static func scalar(_ text: String, plain: Bool) -> String {
    if PlainText.isSafe(text) || (plain && PlainText.isValue(text) && !CoreSchema.isNull(text)) {
      return text
    }
    return quoted(text)
  }

  private static func quoted(_ text: String) -> String {
    QuotedText.text(text) { scalar in
      switch scalar.value {
      case 0x20...0x7E, 0xA1...0x167F, 0x3001...0xD7FF, 0x10000...0x1FFFD: nil
      case ...0xFF: "x" + DecodedText.hexadecimal(scalar.value, digits: 2)
      case ...0xFFFF: "u" + DecodedText.hexadecimal(scalar.value, digits: 4)
      default: "U" + DecodedText.hexadecimal(scalar.value, digits: 8)
      }
    }
  }
}
