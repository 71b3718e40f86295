import ArgumentParser
import Datasets
import Experiments
import Networks
import YAML

struct DescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe", abstract: "Explains what a spec can say: a layer, a loss, an optimizer, a dataset.",
    discussion: """
      Examples:
        gan-exp describe
        gan-exp describe dense

      \(ExitStatus.sentence([.done, .usage, .notWritten]))
      """)

  @Argument(
    help: "A name or a field that specs use; without one all are listed.", completion: .custom(Completions.names))
  var name: String?

  func run() throws {
    guard let name else {
      try Terminal.print("A spec has these fields:\n\n\(Experiment.description.text)\n\n\(overview)")
      return
    }
    let known = DescribeCommand.fields(of: Experiment.description)
    if let field = known.first(where: { $0.name == name }) {
      let alone = FieldsDescription(subject: "a spec", fields: [field])
      return try Terminal.print("A field of specs:\n\n\(alone.text)")
    }
    let kinds = DescribeCommand.catalogs.filter { [$0.noun, DescribeCommand.plural($0.noun)].contains(name) }
    if !kinds.isEmpty { return try Terminal.print(DescribeCommand.list(kinds)) }
    let found = DescribeCommand.catalogs.compactMap { catalog in
      catalog.entries.first { $0.name == name }.map { (catalog, $0.summary) }
    }
    guard !found.isEmpty else {
      let nearest = Suggestion.nearest(to: name, among: DescribeCommand.names)
      Terminal.show(
        RunError(
          "nothing is called \(name)",
          remedy: nearest.map { "did you mean \($0)?" } ?? "gan-exp describe lists all names",
          exitCode: 64))
      throw ExitCode(64)
    }
    // An activation is also a layer of the same fields: one is enough.
    let (catalog, summary) = found[0]
    let fields = catalog.fields(name)
    var text = "\(Terminal.bold(name, where: Terminal.outputUsesColor)) (\(catalog.noun)): \(summary)\n"
    if let fields, !fields.fields.isEmpty { text += "\n" + fields.text + "\n" }
    if let example = LayerCatalog.example(of: name) { text += "\n  - \(example.text)\n" }
    try Terminal.print(String(text.dropLast()))
  }

  /// Everything that is described.
  static var names: [String] {
    fields(of: Experiment.description).map(\.name) + catalogs.flatMap { $0.entries.map(\.name) }
  }

  /// The fields of a description, then those of the sections within it.
  private static func fields(of description: FieldsDescription) -> [FieldsDescription.Field] {
    description.fields
      + description.fields.flatMap { field -> [FieldsDescription.Field] in
        if case .group(let inner) = field.kind { fields(of: inner) } else { [] }
      }
  }

  private static func plural(_ noun: String) -> String { noun.hasSuffix("s") ? noun + "es" : noun + "s" }

  private var overview: String { DescribeCommand.list(DescribeCommand.catalogs) }

  private static func list(_ catalogs: [CatalogDescription]) -> String {
    catalogs.map { catalog in
      var table = Table([.left, .left])
      for entry in catalog.entries { table.add(["  \(entry.name)", entry.summary]) }
      return "\(DescribeCommand.plural(catalog.noun)):\n\(table.text)"
    }.joined(separator: "\n") + "\ngan-exp describe NAME shows the fields of one."
  }

  private static let catalogs: [CatalogDescription] = [
    LayerCatalog.all.description, ActivationCatalog.all.description, InitializerCatalog.all.description,
    LossCatalog.all.description, RegularizerCatalog.all.description, OptimizerCatalog.all.description,
    ScheduleCatalog.all.description, DatasetCatalog.all.description,
  ]
}
