import Specs

/// A table of the fields that a mapping takes, as documentation shows it.
struct FieldTable {
  /// Rows: field, what it takes, default, meaning.
  private var rows: [[String]] = []

  /// A row for each field; those of a section behind its own, under their path.
  /// - Parameter sections: where the sections that have a table of their own are, by name.
  init(_ fields: [FieldsDescription.Field], sections: [String: String] = [:]) {
    add(fields, path: "", sections: sections)
  }

  private mutating func add(_ fields: [FieldsDescription.Field], path: String, sections: [String: String]) {
    for field in fields {
      let place = sections[field.name]
      let former = field.formerly.map { " (formerly `\($0)`)" } ?? ""
      rows.append([
        "`\(path)\(field.name)`", FieldTable.values(of: field.kind, place: place), FieldTable.standard(field),
        Page.cell(field.summary) + former,
      ])
      if case .group(let inner) = field.kind, place == nil {
        add(inner.fields, path: path + field.name + ".", sections: [:])
      }
    }
  }

  private static func standard(_ field: FieldsDescription.Field) -> String {
    if field.isRequired { return "required" }
    if let words = field.defaultInWords { return Page.cell(words) }
    guard let node = field.default else { return "" }
    if node.isNull { return "none" }
    return "`\(Emitter.flowText(of: node))`"
  }

  /// What a field takes, with a link to the catalogue where it takes entries of one.
  private static func values(of kind: FieldsDescription.Kind, place: String?) -> String {
    switch kind {
    case .group: place.map { "[fields](#\($0))" } ?? "fields"
    case .choice(let words): words.map { "`\($0)`" }.joined(separator: ", ")
    case .item(let catalog), .items(let catalog, _), .itemLists(let catalog, _), .numberOrItem(_, let catalog):
      "[\(Page.cell(kind.phrase))](#\(SpecPage.place(of: catalog)))"
    default: Page.cell(kind.phrase)
    }
  }

  /// The table; nothing for no fields.
  var text: String {
    guard !rows.isEmpty else { return "" }
    let head = "| field | takes | default | meaning |\n|---|---|---|---|\n"
    return head + rows.map { "| \($0.joined(separator: " | ")) |\n" }.joined() + "\n"
  }
}
