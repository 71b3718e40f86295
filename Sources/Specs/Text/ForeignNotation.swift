/// What a value holds that other programs understand and YAML does not: variables of a shell, a comment without a space.
enum ForeignNotation {
  /// How to mend a value; `nil` where it is wrong for another reason.
  /// - Parameters:
  ///   - path: where `--set` finds the value.
  ///   - isRight: whether a value can be used.
  static func remedy(for node: Node, at path: String, isRight: (Node) -> Bool) -> String? {
    guard case .scalar(let text, let plain) = node.content, text.utf8.count <= 1000 else { return nil }
    if let name = variable(in: text) { return "a spec has no variables; use --set \(path)=\"$\(name)\"" }
    return plain ? comment(in: text, isRight: isRight) : nil
  }

  /// The name in `$EPOCHS`, `${EPOCHS}` or `${EPOCHS:-30}`.
  static func variable(in text: String) -> String? {
    guard text.hasPrefix("$") else { return nil }
    let name = text.dropFirst(text.hasPrefix("${") ? 2 : 1).prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    return name.isEmpty || name.utf8.count > 40 ? nil : String(name)
  }

  /// `0.0002# comment`: YAML takes the whole for a text.
  private static func comment(in text: String, isRight: (Node) -> Bool) -> String? {
    guard let hash = text.firstIndex(of: "#"), hash != text.startIndex else { return nil }
    let value = String(text[..<hash])
    guard isRight(Node(.scalar(value, plain: true))) else { return nil }
    return "put a space before #: \(Quotation.short(value)) \(Quotation.short(String(text[hash...])))"
  }
}
