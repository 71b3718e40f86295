// What can be said only once every field was read.
extension Fields {
  /// How many unknown keys of one mapping get a suggestion.
  private static var suggestionLimit: Int { 50 }

  /// Ends the reading: reports fields that are missing and keys that were not read.
  ///
  /// Nested fields are finished by the read that made them; whoever made these calls it once, after the last read.
  ///
  /// - Parameter isPartial: whether what is missing may stand in a text that could not be read.
  package mutating func finish(isPartial: Bool = false) {
    switch mode {
    case .malformed: reportMalformed()
    case .reading:
      if !isPartial { reportMissing() }
      reportUnread()
    case .silent, .describing: break
    }
  }

  private mutating func reportMissing() {
    // A field whose misspelt key is reported is not missed as well.
    let meant = Set(unread.prefix(Fields.suggestionLimit).compactMap { meaning(of: $0.key.text ?? "") })
    missing.removeAll { meant.contains($0.name) }
    guard !missing.isEmpty else { return }
    let names = Quotation.list(missing.map(\.name))
    let examples = missing.compactMap(\.example)
    let isBare = node.pairs.map(\.isEmpty) ?? true
    let remedy =
      if let form, isBare {
        "write " + form.prefix + examples.joined(separator: ", ") + form.suffix
      } else {
        "add " + Quotation.list(examples)
      }
    diagnostics.error("\(subject) needs \(names)", at: mark, remedy: examples.isEmpty ? nil : remedy)
  }

  private func reportUnread() {
    let names = description.fields.map(\.name)
    let allowed = names.isEmpty ? "takes no fields" : "has \(Quotation.list(names))"
    for (index, pair) in unread.enumerated() {
      let key = pair.key.text ?? ""
      guard index < Fields.suggestionLimit, !diagnostics.isFull else {
        diagnostics.error("\(subject) has no field \"\(Quotation.short(key))\"", at: pair.key.mark)
        continue
      }
      diagnostics.error(
        "\(subject) has no field \"\(Quotation.short(key))\"; it \(allowed)", at: pair.key.mark,
        remedy: remedy(forUnknown: pair.key, pair.value))
    }
  }

  private func reportMalformed() {
    let found = Quotation.of(node)
    guard !description.fields.isEmpty else {
      diagnostics.error(
        "\(subject) takes no fields, but is given \(found)", at: node.mark, remedy: "write \(subject) alone")
      return
    }
    let inner = glued(node.text ?? "").map { "\($0.name): \($0.value)" } ?? description.fieldsFor(node)
    let remedy = "write " + (form.map { $0.prefix + inner + $0.suffix } ?? inner)
    diagnostics.error("\(subject) takes fields, not \(found)", at: node.mark, remedy: remedy)
  }
}
