import Compute
import Datasets
import Evaluation
import Networks
import Runs
import Specs
import Training

/// What `describe` says of a name that specs use.
struct DescribeAnswer {
  private let width: Int
  private let usesColor: Bool
  /// What specs of each task take, that of the first task first.
  private let specs = TaskCatalog.all.map { (keys: $0.keys, description: Experiment.description(of: $0)) }

  /// Lays texts out in lines of at most `width` columns.
  init(width: Int, usesColor: Bool) {
    self.width = width
    self.usesColor = usesColor
  }

  private static let catalogs: [CatalogDescription] = [
    LayerCatalog.all.description, ActivationCatalog.all.description, InitializerCatalog.all.description,
    LossCatalog.all.description, ClassificationLossCatalog.all.description, RegularizerCatalog.all.description,
    OptimizerCatalog.all.description,
    ScheduleCatalog.all.description, DatasetCatalog.all.description, MetricCatalog.all.description,
    FeatureCatalog.all.description, SymptomCatalog.all.description,
  ]

  /// Every name of a field or an entry.
  var names: [String] {
    let entries = DescribeAnswer.catalogs.flatMap { $0.entries.map(\.name) }
    let all = allFields.map(\.name)
    let own = specFields.count
    return Array(all.prefix(own)) + entries + all.dropFirst(own)
  }

  private var specFields: [FieldsDescription.Field] { specs.flatMap { fields(of: $0.description) } }

  /// The fields of specs, then those of all entries.
  private var allFields: [FieldsDescription.Field] {
    specFields
      + DescribeAnswer.catalogs.flatMap { catalog in
        catalog.entries.flatMap { catalog.fields($0.name)?.fields ?? [] }
      }
  }

  /// The paths of a spec's fields, `training.batch_size`.
  var paths: [String] {
    specs.flatMap { paths(of: $0.description, under: "") }.reduce(into: []) { paths, path in
      if !paths.contains(path) { paths.append(path) }
    }
  }

  private func paths(of description: FieldsDescription, under path: String) -> [String] {
    description.fields.flatMap { field -> [String] in
      guard case .group(let inner) = field.kind else { return [path + field.name] }
      return [path + field.name] + paths(of: inner, under: path + field.name + ".")
    }
  }

  /// All fields of a spec and all names.
  var overview: String {
    let others = "Keys that begin with \(Experiment.extensionPrefix) hold anything, such as anchors, and are not read."
    let texts = specs.enumerated().map { number, spec in
      guard number > 0 else { return "A spec has these fields:\n\n\(spec.description.text(width: width))" }
      let own = spec.description.fields.filter { field in !isShared(field) }
      let left = specs[0].description.fields.map(\.name).filter { name in
        !spec.description.fields.contains { $0.name == name }
      }
      let head =
        "A spec with \(spec.keys.joined(separator: " or ")) has these in place of "
        + "\(left.dropLast().joined(separator: ", ")) and \(left.last ?? "") and of those with these names:"
      let fields = FieldsDescription(subject: "a spec", fields: own)
      return "\(paragraph(head))\n\n\(fields.text(width: width))"
    }
    return (texts + [paragraph(others), list(DescribeAnswer.catalogs)]).joined(separator: "\n\n")
  }

  /// Whether a field of a task's specs is as in those of the first.
  private func isShared(_ field: FieldsDescription.Field) -> Bool {
    specs[0].description.fields.contains { $0.name == field.name && alone($0) == alone(field) }
  }

  /// The columns of the files of a run.
  private var columns: String {
    let head =
      "Columns of metrics.csv, and behind them those of evaluation.csv; a mean is that of the row's steps, and of the turns "
      + "and micro-batches of a step:"
    return paragraph(head) + "\n\n" + list(Column.all) + "\n\n" + paragraph("Columns of timing.csv, a row an epoch:")
      + "\n\n" + list(Runner.timing)
  }

  private func list(_ columns: [Column]) -> String {
    columns.map { column in
      let better = column.direction == .none ? nil : "\(column.direction.rawValue) is better"
      let reduction = column.reduction == .last ? "the last value" : column.reduction.rawValue
      let notes = [column.unit.isEmpty ? nil : column.unit, reduction, better].compactMap { $0 }
      let lines = Paragraph.lines(column.summary, behind: "  ", width: width)
      return (["\(column.name) (\(notes.joined(separator: ", ")))"] + lines).joined(separator: "\n")
    }.joined(separator: "\n")
  }

  /// What is known of a name, of another spelling of it, or of what other programs call so; nil where nothing is.
  func text(of name: String) -> String? {
    if let text = exact(name) { return text }
    let papers = DescribeAnswer.catalogs.flatMap(\.papers)
    if let paper = papers.first(where: { $0.names.contains { Suggestion.isSpelling(of: $0, name) } }) {
      let lines = paper.lines.isEmpty ? ["\(paper.remedy)\n"] : paper.lines.map { "  \($0)\n" }
      return paragraph("\(name): \(paper.meaning)") + "\n\n" + lines.joined().dropLast()
    }
    guard
      let here = names.first(where: { Suggestion.isSpelling(of: $0, name) })
        ?? allFields.first(where: { $0.formerly == name })?.name ?? translation(of: name)
    else { return nil }
    return exact(here).map { "\(name) is called \(here) here.\n\n\($0)" }
  }

  /// What another program's word stands for: fields come before entries, and sections last, since they hold such fields.
  private func translation(of word: String) -> String? {
    let (sections, fields) = (allFields.filter(\.isSection), allFields.filter { !$0.isSection })
    return fields.first(alsoCalled: word)?.name
      ?? DescribeAnswer.catalogs.flatMap(\.entries).first(alsoCalled: word)?.name
      ?? sections.first(alsoCalled: word)?.name
  }

  private func exact(_ name: String) -> String? {
    if name == "columns" { return columns }
    if name.contains(where: { ".[".contains($0) }) {
      return distinct { $0.lookUp(name).map { text(of: $0, at: name) } }
        ?? DescribeAnswer.catalogs.lazy.compactMap { $0.lookUp(name) }.first.map { text(of: $0, at: name) }
    }
    let found = distinct { description in
      fields(of: description).first { $0.name == name }.map { "In a spec:\n\n\(withEntries($0))" }
    }
    if let found { return found }
    let kinds = DescribeAnswer.catalogs.filter { [$0.noun, plural($0.noun)].contains(name) }
    if !kinds.isEmpty { return list(kinds) }
    // An activation is also a layer of the same fields: one is enough.
    if let catalog = DescribeAnswer.catalogs.first(where: { $0.entries.contains { $0.name == name } }) {
      return text(of: name, in: catalog)
    }
    return fieldOfEntries(name)
  }

  /// What is to be said of the specs of each task, once where it is the same; nil where nothing is.
  private func distinct(_ text: (FieldsDescription) -> String?) -> String? {
    var texts: [String] = []
    for (number, spec) in specs.enumerated() {
      guard let own = text(spec.description), !texts.contains(own) else { continue }
      let isOther = number > 0 && !texts.isEmpty
      texts.append(isOther ? "With \(spec.keys.joined(separator: " or ")): " + own : own)
    }
    return texts.isEmpty ? nil : texts.joined(separator: "\n\n")
  }

  private func text(of found: FieldsDescription.Found, at path: String) -> String {
    switch found {
    case .field(let field): "\(path):\n\n\(withEntries(field))"
    case .entry(let name, let catalog): text(of: name, in: catalog)
    }
  }

  private func text(of name: String, in catalog: CatalogDescription) -> String {
    let summary = catalog.entries.first { $0.name == name }?.summary ?? ""
    let plain = paragraph("\(name) (\(catalog.noun)): \(summary)")
    var parts = [usesColor ? "\u{1b}[1m\(name)\u{1b}[0m" + plain.dropFirst(name.count) : plain]
    if let fields = catalog.fields(name), !fields.fields.isEmpty { parts.append(fields.text(width: width)) }
    parts.append(Exemplar(name, of: catalog).text.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n"))
    let papers = Citations.byName[name] ?? []
    if !papers.isEmpty {
      parts.append(paragraph("\(papers.count == 1 ? "Paper" : "Papers"): \(papers.joined(separator: "; "))."))
    }
    return parts.joined(separator: "\n\n")
  }

  /// A field that entries of catalogues have, with those that have it; once for each meaning.
  private func fieldOfEntries(_ name: String) -> String? {
    var meanings: [(text: String, owners: [String])] = []
    for catalog in DescribeAnswer.catalogs {
      for entry in catalog.entries {
        guard let field = catalog.fields(entry.name)?.fields.first(where: { $0.name == name }) else { continue }
        let text = alone(field)
        if let index = meanings.firstIndex(where: { $0.text == text }) {
          if !meanings[index].owners.contains(entry.name) { meanings[index].owners.append(entry.name) }
        } else {
          meanings.append((text, [entry.name]))
        }
      }
    }
    guard !meanings.isEmpty else { return nil }
    return meanings.map { meaning in
      paragraph("A field of \(meaning.owners.joined(separator: ", ")):") + "\n\n" + meaning.text
    }.joined(separator: "\n\n")
  }

  /// A field, and where the entries that it takes are listed.
  private func withEntries(_ field: FieldsDescription.Field) -> String {
    let catalog: CatalogDescription? =
      switch field.kind {
      case .item(let catalog), .items(let catalog, _), .itemLists(let catalog, _), .numberOrItem(_, let catalog):
        catalog
      default: nil
      }
    let noun = catalog.map { plural($0.noun) } ?? ""
    guard DescribeAnswer.catalogs.contains(where: { plural($0.noun) == noun }) else { return alone(field) }
    let command = "gan-exp describe \(noun.contains(" ") ? "\"\(noun)\"" : noun)"
    return "\(alone(field))\n\n" + paragraph("\(command) lists what it takes.")
  }

  private func alone(_ field: FieldsDescription.Field) -> String {
    FieldsDescription(subject: "a spec", fields: [field]).text(width: width)
  }

  /// The fields of a description, then those of the sections within it.
  private func fields(of description: FieldsDescription) -> [FieldsDescription.Field] {
    description.fields
      + description.fields.flatMap { field -> [FieldsDescription.Field] in
        if case .group(let inner) = field.kind { fields(of: inner) } else { [] }
      }
  }

  private func plural(_ noun: String) -> String { noun.hasSuffix("s") ? noun + "es" : noun + "s" }

  private func paragraph(_ text: String) -> String {
    Paragraph.lines(text, width: width).joined(separator: "\n")
  }

  private func list(_ catalogs: [CatalogDescription]) -> String {
    catalogs.map { catalog in
      let names = catalog.entries.map(\.name.count).max() ?? 0
      let lines = catalog.entries.flatMap { entry in
        let padding = String(repeating: " ", count: names - entry.name.count + 2)
        return Paragraph.lines(entry.summary, behind: "  \(entry.name)\(padding)", width: width)
      }
      return "\(plural(catalog.noun)):\n\(lines.joined(separator: "\n"))\n"
    }.joined(separator: "\n") + "\n"
      + paragraph("gan-exp describe NAME shows the fields of one, gan-exp describe columns those of metrics.csv.")
  }
}

extension FieldsDescription.Field {
  /// Whether it has fields of its own.
  fileprivate var isSection: Bool { if case .group = kind { true } else { false } }
}
