import Networks
import Specs

/// An entry of a catalogue as it stands in a spec, with the fields that must be given and, up to three in all, others with
/// their defaults.
package struct Exemplar {
  /// The lines of the spec.
  package let text: String

  /// The entry alone, `adam: {learning_rate: 0.001}`, or its name where it takes no fields.
  package let entry: String

  /// Values of fields that must be given, by name; others have the value that messages propose.
  private static let values = [
    "boundaries": "[4000, 8000]", "values": "[1e-3, 5e-4, 1e-4]", "initial_learning_rate": "2e-4",
    "decay_steps": "10000", "decay_rate": "0.96", "image_folder.path": "photos", "npy.path": "samples.npy",
    "csv.path": "table.csv", "images": "images.idx", "size": "64", "units": "64", "filters": "32",
    "kernel_size": "3", "shape": "[28, 28, 1]", "layer": "{dense: {units: 64}}", "body": "[dense: {units: 64}]",
    "branches": "[[dense: {units: 32}], []]", "split": "letters",
  ]

  /// The entry of a name that the catalogue has.
  package init(_ name: String, of catalog: CatalogDescription) {
    let fields = catalog.fields(name)?.fields ?? []
    let layer = catalog.noun == LayerCatalog.all.noun ? LayerCatalog.example(of: name)?.text : nil
    let given = fields.filter(\.isRequired)
    let optional = fields.filter { field in
      guard case .boolean = field.kind else {
        return !field.isRequired && field.defaultInWords == nil && field.default.map { !$0.isNull } ?? false
      }
      return false
    }
    let shown = (given + optional.prefix(max(0, 3 - given.count))).map { field in
      Exemplar.text(of: field, in: name)
    }
    entry = layer ?? (shown.isEmpty ? name : "\(name): {\(shown.joined(separator: ", "))}")
    let value = entry.contains(":") ? "{\(entry)}" : entry
    text =
      switch catalog.noun {
      case "layer", "regularizer": "- \(entry)"
      case "activation": "activation: \(value)"
      case "initializer": "kernel_initializer: \(value)"
      case "schedule": "learning_rate: \(value)"
      case "optimizer": "optimizers: {generator: \(value)}"
      case "classification loss": "loss: \(value)"
      default: "\(catalog.noun): \(value)"
      }
  }

  private static func text(of field: FieldsDescription.Field, in entry: String) -> String {
    let value =
      field.isRequired
      ? values["\(entry).\(field.name)"] ?? values[field.name] : field.default.map { Emitter.flowText(of: $0) }
    return value.map { "\(field.name): \($0)" } ?? field.example ?? "\(field.name): ?"
  }
}
