import Datasets
import Evaluation
import Networks
import Specs
import Training

/// `Documentation/spec.md`: all that a spec can say, from the descriptions that `gan-exp describe` shows.
struct SpecPage {
  private let papers: Papers

  /// Reads the papers in the comments of the sources.
  init() throws {
    papers = try Papers(folders: [
      "Sources/Networks", "Sources/Datasets", "Sources/Evaluation", "Sources/Training/Health",
    ])
  }

  /// The catalogues with the place of the formulas that each has, in definitions.md unless another page is named.
  static let catalogs: [(description: CatalogDescription, formulas: String)] = [
    (LayerCatalog.all.description, "layers"), (ActivationCatalog.all.description, "activations"),
    (InitializerCatalog.all.description, "parameters-and-initializers"), (LossCatalog.all.description, "losses"),
    (ClassificationLossCatalog.all.description, "classifiers"), (RegularizerCatalog.all.description, "regularizers"),
    (OptimizerCatalog.all.description, "optimizers"), (ScheduleCatalog.all.description, "optimizers"),
    (DatasetCatalog.all.description, "data"), (MetricCatalog.all.description, "evaluation.md#metrics"),
    (FeatureCatalog.all.description, "evaluation.md#features"), (SymptomCatalog.all.description, "health.md#symptoms"),
  ]

  /// The plural of a catalogue's noun.
  static func plural(_ noun: String) -> String { noun + (noun.hasSuffix("s") ? "es" : "s") }

  /// Where the chapter of a catalogue, or of the one that it is a part of, is.
  static func place(of catalog: CatalogDescription) -> String {
    let all = catalogs.map(\.description)
    let own =
      all.first { $0.noun == catalog.noun }
      ?? all.first { whole in
        catalog.entries.allSatisfy { entry in whole.entries.contains { $0.name == entry.name } }
      }
    return Page.anchor(plural((own ?? catalog).noun))
  }

  private static func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  /// The page.
  var text: String {
    let sections = TaskCatalog.all.enumerated().map { number, task in self.sections(of: task, isFirst: number == 0) }
    return head + contents + sections.joined() + SpecPage.catalogs.map { chapter($0.description, $0.formulas) }.joined()
  }

  private let head = """
    # Every word of a spec

    Made by `make pages` from the descriptions behind `gan-exp describe`, which shows the same in a terminal; a test compares both. \
    [guide.md](guide.md) goes through a spec from top to bottom; [definitions.md](definitions.md) has the formulas.

    A default of "none" leaves the feature out; a section without one has the defaults of its fields. In tables of sections `codes.continuous` is the field `continuous` within `codes`. \
    Where a name takes fields, all of them with a default may be left out, and then the braces too: `- dropout` is \
    `- dropout: {}`.


    """

  // MARK: Contents

  private var contents: String {
    var lines = ["## Contents\n"]
    for (number, task) in TaskCatalog.all.enumerated() {
      let title = SpecPage.title(of: task)
      let places = SpecPage.sectionPlaces(of: task, isFirst: number == 0)
      let links = SpecPage.groups(of: task, isFirst: number == 0).map { "[\($0.name)](#\(places[$0.name] ?? ""))" }
      lines.append("- [\(title)](#\(Page.anchor(title))): \(links.joined(separator: ", "))")
    }
    for catalog in SpecPage.catalogs.map(\.description) {
      let title = SpecPage.capitalized(SpecPage.plural(catalog.noun))
      let links = catalog.entries.map { "[\($0.name)](#\($0.name))" }.filter { isOwn($0, in: catalog) }
      lines.append("- [\(title)](#\(Page.anchor(title))): \(links.joined(separator: ", "))")
    }
    return lines.joined(separator: "\n") + "\n\n"
  }

  /// Whether an entry is described in this catalogue's chapter: activations, which are layers too, are in theirs.
  private func isOwn(_ link: String, in catalog: CatalogDescription) -> Bool {
    guard catalog.noun == LayerCatalog.all.noun else { return true }
    return !ActivationCatalog.all.names.contains { link.hasPrefix("[\($0)]") }
  }

  // MARK: Sections

  private static func title(of task: any Task.Type) -> String {
    task.keys == TaskCatalog.all[0].keys
      ? "Sections of a GAN's spec" : "Sections of a classifier's spec"
  }

  private static func fields(of task: any Task.Type, isFirst: Bool) -> [FieldsDescription.Field] {
    let all = Experiment.description(of: task).fields
    guard !isFirst else { return all }
    func text(_ field: FieldsDescription.Field) -> String { FieldsDescription(subject: "", fields: [field]).text }
    let shared = Experiment.description(of: TaskCatalog.all[0]).fields.map(text)
    return all.filter { !shared.contains(text($0)) }
  }

  private static func groups(
    of task: any Task.Type, isFirst: Bool
  ) -> [(name: String, summary: String, fields: [FieldsDescription.Field])] {
    fields(of: task, isFirst: isFirst).compactMap { field in
      guard case .group(let inner) = field.kind else { return nil }
      return (field.name, field.summary, inner.fields)
    }
  }

  private static func heading(_ section: String, isFirst: Bool) -> String {
    "The section `\(section)`" + (isFirst ? "" : " of a classifier")
  }

  private static func sectionPlaces(of task: any Task.Type, isFirst: Bool) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: groups(of: task, isFirst: isFirst).map {
        ($0.name, Page.anchor(heading($0.name, isFirst: isFirst)))
      })
  }

  private func sections(of task: any Task.Type, isFirst: Bool) -> String {
    let fields = SpecPage.fields(of: task, isFirst: isFirst)
    let keys = task.keys.map { "`\($0)`" }.joined(separator: " and ")
    var text = "## \(SpecPage.title(of: task))\n\n"
    if isFirst {
      text +=
        "A spec with \(keys). Further keys that begin with `\(Experiment.extensionPrefix)` hold anything, "
        + "such as anchors, and are not read.\n\n"
    } else {
      let shared = Experiment.description(of: task).fields.map(\.name).filter { name in
        !fields.contains { $0.name == name }
      }
      let list = shared.map { "`\($0)`" }.joined(separator: ", ")
      text += "A spec with \(keys). The keys \(list) are those of a GAN's spec; all others are these:\n\n"
    }
    text += FieldTable(fields, sections: SpecPage.sectionPlaces(of: task, isFirst: isFirst)).text
    for group in SpecPage.groups(of: task, isFirst: isFirst) {
      text += "### \(SpecPage.heading(group.name, isFirst: isFirst))\n\n\(sentence(group.summary))\n\n"
      text += FieldTable(group.fields).text
    }
    return text
  }

  // MARK: Catalogues

  private func chapter(_ catalog: CatalogDescription, _ formulas: String) -> String {
    let title = SpecPage.plural(catalog.noun)
    var text = "## \(SpecPage.capitalized(title))\n\n"
    let place = formulas.contains("#") ? formulas : "definitions.md#\(formulas)"
    text += "Formulas: [\(place.prefix { $0 != "#" })](\(place)).\n\n"
    if catalog.noun == LayerCatalog.all.noun {
      text += "Every [activation](#activations) is a layer too: `- relu`, `- leaky_relu: {negative_slope: 0.2}`.\n\n"
    }
    for entry in catalog.entries where isOwn("[\(entry.name)]", in: catalog) {
      text += self.entry(entry.name, entry.summary, in: catalog)
    }
    return text
  }

  private func entry(_ name: String, _ summary: String, in catalog: CatalogDescription) -> String {
    let fields = catalog.fields(name)?.fields ?? []
    let cited = papers.byName[name] ?? []
    var text = "### \(name)\n\n\(sentence(summary))\n\n"
    text += FieldTable(fields).text
    text += "```yaml\n\(Exemplar(name, of: catalog).text)\n```\n\n"
    if !cited.isEmpty {
      text += "\(cited.count == 1 ? "Paper" : "Papers"): \(cited.joined(separator: "; ")).\n\n"
    }
    return text
  }

  /// A summary as a sentence.
  private func sentence(_ summary: String) -> String {
    let word = summary.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    let isName = SpecPage.catalogs.contains { $0.description.entries.contains { $0.name == word } }
    let begun =
      isName
      ? "`\(word)`\(summary.dropFirst(word.count))"
      : SpecPage.isFormula(summary) ? summary : SpecPage.capitalized(summary)
    let text = Page.cell(begun)
    return text.hasSuffix(".") ? text : text + "."
  }

  /// Whether it begins with a symbol, which keeps its case.
  private static func isFormula(_ summary: String) -> Bool {
    summary.firstMatch(of: #/^[a-z](\(x\))? (=|where)/#) != nil
  }
}
