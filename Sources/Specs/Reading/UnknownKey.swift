// What an unknown key probably means, and where it belongs.
extension Fields {
  /// The field that an unknown key probably means.
  func meaning(of key: String) -> String? {
    glued(key)?.name ?? parts(of: key)?.first ?? description.fields.name(meantBy: key)
  }

  /// How to mend an unknown key.
  func remedy(forUnknown key: Node, _ value: Node) -> String? {
    let name = key.text ?? ""
    if value.isNull, !name.isEmpty, name.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      return "write numbers without commas"
    }
    if value.isNull, let glued = glued(name) { return "write \(glued.name): \(glued.value), with a space" }
    if let remedy = needless.remedy(for: name) { return remedy }
    if let remedy = remedy(forYesOrNo: key, value) { return remedy }
    if let parts = parts(of: name), let values = value.elements, parts.count == values.count {
      let pairs = zip(parts, values).map { part, value in "\(part): \(Emitter.flowText(of: value))" }
      return "write " + pairs.joined(separator: ", ")
    }
    if let remedy = remedy(forNested: key, value) ?? remedy(forEntry: key, value) { return remedy }
    if glued(name) == nil, description.fields.first(alsoCalled: name) == nil,
      let remedy = outer?.remedy(forMisplaced: key, value, in: subject)
    {
      return remedy
    }
    let home = home(forAnchor: key, value)
    guard let meant = meaning(of: name) else { return home.map { "call it \($0)" } ?? "remove it" }
    // What another text says, a parent or the file under an override, is not a second try.
    if let given = pair(meant), !given.value.isNull, given.key.mark.source == key.mark.source {
      return "remove it: \(meant) is given"
    }
    if case .group(let inner)? = description.field(meant)?.kind, !value.isNull, value.pairs == nil {
      return "write \(meant): {\(inner.fieldsFor(value))}"
    }
    return "did you mean \(meant)?" + (home.map { " else call it \($0)" } ?? "")
  }

  /// What to call a key that is there for the anchor in its value.
  private func home(forAnchor key: Node, _ value: Node) -> String? {
    guard let ignoredPrefix, value.traits.contains(.anchor) else { return nil }
    let name = ignoredPrefix + Quotation.short(key.text ?? "")
    return "\(name): keys that begin with \(ignoredPrefix) are homes for anchors"
  }

  /// The remedy for `true` where a reader of YAML 1.1 met the former name `on` of a field and wrote it so.
  private func remedy(forYesOrNo key: Node, _ value: Node) -> String? {
    guard let isTrue = CoreSchema.boolean(key.text ?? "") else { return nil }
    let words = isTrue ? ["on", "yes", "y"] : ["off", "no", "n"]
    for word in words {
      guard let now = field(formerly: word) else { continue }
      let text = Emitter.flowText(of: value)
      return "write \(now)" + (text.utf8.count <= 60 ? ": \(text)" : " in its place")
        + "; programs that read YAML 1.1 take its former name \(word) for \(key.text ?? "")"
    }
    return nil
  }

  /// A field's name that its value follows without the space behind the colon.
  func glued(_ key: String) -> (name: String, value: String)? {
    guard let colon = key.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let name = String(key[..<colon])
    guard description.field(name) != nil else { return nil }
    return (name, Quotation.short(String(key[key.index(after: colon)...])))
  }

  /// The remedy for a key that is right within a group, or within an entry of a catalogue that a group or a field has.
  private func remedy(forNested key: Node, _ value: Node) -> String? {
    let name = key.text ?? ""
    for case (let group, .group(let inner)) in description.fields.map({ ($0.name, $0.kind) }) {
      if let field = inner.field(meantBy: name), value.isNull || field.accepts(value) {
        return move(key, value, to: [[field.name]], in: group)
      }
      let given = pair(group)?.value
      let paths = inner.fields.compactMap { field in
        field.entry(given?[field.name]).flatMap { entry in
          entry.fields.field(meantBy: name).map { [field.name, entry.name, $0.name] }
        }
      }
      if !paths.isEmpty { return move(key, value, to: paths, in: group) }
    }
    for field in description.fields {
      guard let entry = field.entry(pair(field.name)?.value), let inner = entry.fields.field(meantBy: name),
        inner.accepts(value)
      else { continue }
      return move(key, value, to: [[entry.name, inner.name]], in: field.name)
    }
    return nil
  }

  /// The remedy for a key in a section within these fields that is right here, or in another section.
  fileprivate func remedy(forMisplaced key: Node, _ value: Node, in section: String) -> String? {
    let name = key.text ?? ""
    if let field = description.field(name), field.name != section {
      guard key.mark.source.name != Override.sourceName else { return "write \(path(of: name))" }
      return "move it out of \(section): \(name) stands beside it"
    }
    return remedy(forNested: key, value) ?? outer?.remedy(forMisplaced: key, value, in: section)
  }

  private func move(_ key: Node, _ value: Node, to paths: [[String]], in group: String) -> String {
    if key.mark.source.name == Override.sourceName {
      return "write \(group).\(paths[0].joined(separator: "."))"
    }
    let text = Emitter.flowText(of: value)
    let inner = paths.map { path in
      path.dropLast().reversed().reduce("\(path[path.count - 1]): \(text)") { inner, name in
        "\(name): {\(inner)}"
      }
    }
    guard pair(group) == nil else { return "move it into \(group): {\(inner[0])}" }
    return "write \(group): {\(inner.joined(separator: ", "))}"
  }

  /// The remedy for a key that names an entry of a catalogue, where the field that takes one is missing.
  private func remedy(forEntry key: Node, _ value: Node) -> String? {
    let name = key.text ?? ""
    let takers = description.fields.filter { field in
      if case .item(let catalog) = field.kind { catalog.names.contains(name) } else { false }
    }
    guard let first = takers.first else { return nil }
    if key.mark.source.name == Override.sourceName { return "write \(first.name).\(name)" }
    let fields = value.pairs ?? []
    let entry = fields.isEmpty ? name : "{\(name): \(Emitter.flowText(of: value))}"
    let written = takers.map { "\($0.name): \(entry.utf8.count <= 60 ? entry : "{\(name): …}")" }
    return "write " + written.joined(separator: ", ")
  }
}

extension FieldsDescription {
  func field(_ name: String) -> Field? { fields.first { $0.name == name } }

  /// The field that a word stands for here, as it is or in another program's words.
  func field(meantBy word: String) -> Field? { field(word) ?? fields.first(alsoCalled: word) }

  /// Fields for what was given in place of them: those that could take it, else those that must be given.
  func fieldsFor(_ node: Node) -> String {
    let required = fields.filter(\.isRequired)
    let candidates = required.isEmpty ? fields : required
    // Entries in another spelling, or as programs write them.
    if let text = node.text {
      let named = candidates.compactMap { field -> String? in
        guard case .item(let catalog) = field.kind, !catalog.names.contains(text) else { return nil }
        let call = CallNotation(text)
        let word = call?.name ?? text
        guard let name = catalog.entries.name(meantBy: word), let entry = catalog.fields(name) else { return nil }
        let inner = call?.fields(entry) ?? ""
        return "\(field.name): \(inner.isEmpty ? name : "{\(name): {\(inner)}}")"
      }
      if !named.isEmpty, named.count == candidates.count { return named.joined(separator: ", ") }
    }
    let taking = candidates.filter { $0.accepts(node) }
    if !taking.isEmpty, required.isEmpty || required.count == 1 {
      let chosen = taking.count == candidates.count ? taking : Array(taking.prefix(1))
      return chosen.map { "\($0.name): \(Emitter.flowText(of: node))" }.joined(separator: ", ")
    }
    return (required.isEmpty ? Array(fields.prefix(1)) : required).compactMap(\.example).joined(
      separator: ", ")
  }
}

extension FieldsDescription.Field {
  /// The entry that an item field is given, or that it has when it is given none, with its fields.
  fileprivate func entry(_ given: Node?) -> (name: String, fields: FieldsDescription)? {
    guard case .item(let catalog) = kind,
      let name = given?.text ?? given?.pairs?.first?.key.text ?? `default`?.text, let fields = catalog.fields(name)
    else { return nil }
    return (name, fields)
  }
}
