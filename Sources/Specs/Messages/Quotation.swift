/// Values of a source as messages quote them: short, and in words where they have no text.
enum Quotation {
  /// A text cut to what a message can hold.
  static func short(_ text: String, limit: Int = 40) -> String {
    let scalars = text.unicodeScalars
    guard text.utf8.count > limit, scalars.dropFirst(limit).first != nil else { return text }
    return String(scalars.prefix(limit - 1)) + "…"
  }

  /// What a node is: its text, or "a list", "a mapping", "nothing".
  static func of(_ node: Node) -> String {
    switch node.content {
    case .null: "nothing"
    case .scalar(let text, plain: true) where PlainText.isValue(text): short(text)
    case .scalar(let text, _): "\"\(short(text))\""
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }

  /// Words with commas and a last conjunction; of very many only the first.
  static func list(_ words: [String], _ conjunction: String = "and", limit: Int = 24) -> String {
    guard words.count > 1 else { return words.first ?? "" }
    guard words.count <= limit else {
      return words.prefix(limit).joined(separator: ", ") + " and \(words.count - limit) more"
    }
    return words.dropLast().joined(separator: ", ") + " \(conjunction) \(words[words.count - 1])"
  }
}
