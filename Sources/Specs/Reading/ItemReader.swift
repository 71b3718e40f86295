/// Reads one entry of a catalogue from a node, wherever it stands.
struct ItemReader<Item> {
  /// Where the entry stands, which decides how an example is written.
  enum Place {
    case list
    case field(String)
  }

  let catalog: Catalog<Item>
  let place: Place
  /// Where `--set` finds the entry.
  let path: String
  let diagnostics: Diagnostics

  /// The item and its resolved form; `nil` after an error was reported.
  mutating func read(_ node: Node) -> (value: Marked<Item>, resolved: Node)? {
    guard let (name, content) = parts(of: node), let text = name.text else { return nil }
    guard let entry = catalog.entry(named: text) else {
      reportUnknown(name, content)
      return nil
    }
    if !content.isNull, let other = catalog.entries.first(alsoCalled: text)?.name,
      catalog.describe(text)?.fields.isEmpty ?? false
    {
      diagnostics.error(
        "\(text) takes no fields, but is given \(Quotation.of(content))", at: name.mark,
        remedy: "did you mean \(other)?")
      return nil
    }
    let before = diagnostics.errorCount
    let (item, fields) = read(entry, name, content)
    guard diagnostics.errorCount == before else { return nil }
    let inner = fields.resolved
    let hasFields = inner.pairs.map { !$0.isEmpty } ?? false
    let resolved = hasFields ? Node.map([(entry.name, inner)]) : Node.string(entry.name)
    return (Marked(item, mark: name.mark), resolved.at(node.mark))
  }

  private func read(_ entry: Catalog<Item>.Entry, _ name: Node, _ content: Node) -> (Item, Fields) {
    var fields = Fields(
      content, of: entry.name, under: "\(path).\(entry.name)", at: name.mark, form: form(entry.name, at: name.mark),
      silent: false, diagnostics: diagnostics)
    let item = entry.read(&fields)
    fields.finish()
    return (item, fields)
  }

  private func form(_ name: String, at mark: Mark) -> Fields.Form {
    switch place {
    case .list where mark.source.name == Override.sourceName: Fields.Form(prefix: "{\(name): {", suffix: "}}")
    case .list: Fields.Form(prefix: "- \(name): {", suffix: "}")
    case .field(let key): Fields.Form(prefix: "\(key): {\(name): {", suffix: "}}")
    }
  }

  /// The name of an entry and its fields, which are null when only the name is given.
  private func parts(of node: Node) -> (name: Node, content: Node)? {
    switch node.content {
    case .scalar:
      return (node, .null)
    case .mapping(let all) where !all.isEmpty:
      // What is written over an inherited entry replaces it.
      let youngest = all.map(\.key.generation).min()
      let pairs = all.filter { $0.key.generation == youngest }
      if pairs.count == 1 {
        let pair = pairs[0]
        let written = pair.key.text ?? ""
        if catalog.entry(named: written) == nil,
          let old = all.first(where: { catalog.names.contains($0.key.text ?? "") })
        {
          let name = old.key.text ?? ""
          diagnostics.error(
            "there is no \(catalog.noun) \"\(Quotation.short(written))\"", at: pair.key.mark,
            remedy: meaning(of: written).map { "did you mean \($0.name)?" }
              ?? "for a field of \(name) write \(name).\(Quotation.short(written))")
          return nil
        }
        return (pair.key, pair.value)
      }
      if let unnamed = catalog.unnamed, !pairs.contains(where: { catalog.names.contains($0.key.text ?? "") }) {
        return (Node.string(unnamed).at(node.mark), node)
      }
      reportSeveral(pairs)
    default:
      let found = node.isNull ? "nothing" : node.pairs != nil ? "an empty mapping" : Quotation.of(node)
      diagnostics.error(
        "\(catalog.description.nounWithArticle) is a name, or a name with its fields, not \(found)",
        at: node.mark,
        remedy: remedy(inPlaceOf: node))
    }
    return nil
  }

  /// What to write in place of something that is no entry at all.
  private func remedy(inPlaceOf node: Node) -> String? {
    if let elements = node.elements, !elements.isEmpty {
      if elements.count == 1, let name = elements[0].text, catalog.entry(named: name) != nil {
        return "write \(name)"
      }
      if case .list = place { return "write one dash before each \(catalog.noun)" }
    }
    return catalog.entries.first.map { "such as \($0.name)" }
  }

  /// How many names a message lists beside the one that was probably meant.
  private var listedBesideSuggestion: Int { 6 }

  /// The entry that a word probably means; `isSure` where the word is another spelling or another program's.
  private func meaning(of word: String) -> (name: String, isSure: Bool)? {
    if let entry = catalog.entries.first(alsoCalled: word) { return (entry.name, true) }
    return Suggestion.nearest(to: word, among: catalog.names).map {
      ($0, Suggestion.isSpelling(of: $0, word))
    }
  }

  private func reportUnknown(_ name: Node, _ content: Node) {
    let text = name.text ?? ""
    if reportMissingColon(name, content) { return }
    if content.isNull, let call = CallNotation(text), let meant = meaning(of: call.name),
      let entry = catalog.describe(meant.name)
    {
      let fields = call.fields(entry)
      let form = form(meant.name, at: name.mark)
      let plain =
        switch place {
        case .list: name.mark.source.name == Override.sourceName ? meant.name : "- \(meant.name)"
        case .field(let key): "\(key): \(meant.name)"
        }
      diagnostics.error(
        "this is a call of \(Quotation.short(call.name)), as programs write it", at: name.mark,
        remedy: "write " + (fields.isEmpty ? plain : form.prefix + fields + form.suffix))
      return
    }
    if content.isNull || catalog.paper(named: text) != nil, reportForeign(name) { return }
    let meant = diagnostics.isFull ? nil : meaning(of: text)
    let isAlone = catalog.names.count == 1
    let names = "; there \(isAlone ? "is only" : "are") \(Quotation.list(catalog.names))"
    let remedy =
      meant.map { "did you mean \($0.name)?" } ?? catalog.needless.remedy(for: text)
      ?? (isAlone ? "use it" : "use one of these")
    diagnostics.error(
      "there is no \(catalog.noun) \"\(Quotation.short(text))\""
        + (meant == nil || catalog.names.count <= listedBesideSuggestion ? names : ""),
      at: name.mark, remedy: remedy)
    // Its fields can be judged at once, so that mending the name does not bring up the next mistake.
    if let meant, meant.isSure, let entry = catalog.entry(named: meant.name) {
      _ = read(entry, name, content)
    }
  }

  /// An entry `dropout {rate: 0.3}`, which YAML takes for the key `dropout {rate`; whether it was one.
  private func reportMissingColon(_ name: Node, _ content: Node) -> Bool {
    guard let text = name.text, text.utf8.count <= 200, let brace = text.firstIndex(of: "{") else { return false }
    let word = text[..<brace].filter { $0 != " " }
    let fields = String(text[brace...]) + (content.text.map { ": \($0)" } ?? "")
    guard fields.last == "}", let meant = catalog.entry(named: word)?.name ?? meaning(of: word)?.name else {
      return false
    }
    let mark = Mark(source: name.mark.source, line: name.mark.line, column: name.mark.column, length: word.count)
    diagnostics.error(
      "a colon and a space are missing behind \(word)", at: mark, remedy: "write \(meant): \(Quotation.short(fields))")
    return true
  }

  /// A name that means more than one entry, a variable, or a comment without a space; whether it was one of these.
  private func reportForeign(_ name: Node) -> Bool {
    let text = name.text ?? ""
    let missing = "there is no \(catalog.noun) \"\(Quotation.short(text))\""
    if let paper = catalog.paper(named: text) {
      diagnostics.report(
        Diagnostic(
          .error, "\(missing): it is \(paper.meaning)", at: name.mark,
          remedy: paper.remedy, lines: paper.lines.count == 1 ? [] : paper.lines))
      return true
    }
    let isEntry = { (node: Node) in catalog.entry(named: node.text ?? "") != nil }
    guard let remedy = ForeignNotation.remedy(for: name, at: path, isRight: isEntry) else { return false }
    diagnostics.error(missing, at: name.mark, remedy: remedy)
    return true
  }

  /// Several keys where one name belongs: two entries in one, fields beside their name, or another tool's way of writing.
  private func reportSeveral(_ pairs: [(key: Node, value: Node)]) {
    let named = pairs.filter { catalog.entry(named: $0.key.text ?? "") != nil }
    if named.count >= 2 {
      let (first, second) = (named[0].key.text ?? "", named[1].key.text ?? "")
      switch place {
      case .list:
        diagnostics.error(
          "a list entry is one \(catalog.noun), but this one has \(first) and \(second)",
          at: named[1].key.mark,
          remedy: "begin it with a dash of its own: - \(second)",
          related: [(mark: named[0].key.mark, note: "the entry begins here")])
      case .field(let key):
        diagnostics.error(
          "\(key) is one \(catalog.noun), but here are \(first) and \(second)", at: named[1].key.mark,
          remedy: "remove one", related: [(mark: named[0].key.mark, note: "the first is here")])
      }
    } else if let owner = named.first {
      let beside = pairs.filter { $0.key.mark != owner.key.mark }
      let fields = (owner.value.pairs ?? []) + beside
      let name = owner.key.text ?? ""
      diagnostics.error(
        "\(Quotation.short(beside[0].key.text ?? "")) stands beside \(name), not within it",
        at: beside[0].key.mark,
        remedy: written(name, fields))
    } else if let (kind, name) = otherStyle(pairs) {
      let fields = pairs.filter { $0.key.mark != kind.mark }.flatMap { pair in
        pair.key.text == "config" ? pair.value.pairs ?? [pair] : [pair]
      }
      diagnostics.error(
        "the name of \(catalog.description.nounWithArticle) is its key, with the fields behind it",
        at: kind.mark,
        remedy: written(name, fields))
    } else {
      reportUnknown(pairs[0].key, pairs[0].value)
    }
  }

  /// Keys under which other programs give the name of an entry, beside its fields.
  private var nameKeys: Set<String> {
    Set(["type", "name", "class_name", "class", "kind"] + catalog.noun.split(separator: " ").map(String.init))
  }

  /// The key whose value is the name of an entry, and that name as it is written here.
  private func otherStyle(_ pairs: [(key: Node, value: Node)]) -> (key: Node, name: String)? {
    for pair in pairs {
      guard let text = pair.value.text else { continue }
      if catalog.entry(named: text) != nil { return (pair.key, text) }
      if nameKeys.contains(pair.key.text ?? ""), let name = meaning(of: text)?.name {
        return (pair.key, name)
      }
    }
    return nil
  }

  /// How a name and fields are written together.
  private func written(_ name: String, _ fields: [(key: Node, value: Node)]) -> String {
    let form = form(name, at: fields.first?.key.mark ?? .nowhere)
    let inner = Emitter.flowText(of: Node(.mapping(fields))).dropFirst().dropLast()
    return inner.utf8.count <= 60
      ? "write \(form.prefix)\(inner)\(form.suffix)" : "write \(form.prefix)…\(form.suffix)"
  }
}
