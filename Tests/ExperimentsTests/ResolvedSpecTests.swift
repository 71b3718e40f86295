import Foundation
import Networks
import Specs
import Testing
import Training

/// What resolved.yaml states: the value of every field that a run uses, also of those that nobody gave.
@Suite struct ResolvedSpecTests {
  /// Fields of which null says that there is nothing; nobody puts a value in its place later.
  private static let absent: Set<String> = [
    "seeds", "conditional", "conditional.auxiliary_classifier", "latent.codes", "latent.codes.categorical",
    "training.steps", "training.generator_average", "training.generator_average.half_life", "training.average",
    "training.average.half_life", "training.augmentation", "training.augmentation.translation",
    "training.augmentation.cutout", "training.augmentation.brightness", "training.augmentation.adaptive",
    "initial_weights", "initial_weights.map", "evaluation", "evaluation.best", "evaluation.dataset",
    "evaluation.patience", "feature network.spec",
    "validation.split", "validation.dataset",
    "optimizer.clipvalue", "optimizer.clipnorm", "optimizer.global_clipnorm",
    "layer.decay_steps", "dataset.classes", "dataset.subset", "dataset.columns", "dataset.label", "dataset.labels",
    // With merge: multiply as many as there are features, which only the network knows that it is built into.
    "layer.output_dim",
  ]

  /// Fields that have a default unless one of others says the same.
  private static let replaced = ["decay": ["half_life"], "share": ["split", "dataset"]]

  /// The fields that may be null, with what they are part of: sections by their path, entries by their catalogue's noun.
  private struct Nullable {
    private(set) var names: Set<String> = []
    private var seen: Set<String> = []

    mutating func add(_ description: FieldsDescription, of owner: String) {
      for field in description.fields where field.name != description.parentKey {
        let name = owner.isEmpty ? field.name : "\(owner).\(field.name)"
        if field.default?.isNull ?? false, field.defaultInWords == nil { names.insert(name) }
        switch field.kind {
        case .group(let inner): add(inner, of: name)
        case .item(let catalog), .items(let catalog, _), .itemLists(let catalog, _), .numberOrItem(_, let catalog):
          for entry in catalog.entries where seen.insert("\(catalog.noun).\(entry.name)").inserted {
            if let fields = catalog.fields(entry.name) { add(fields, of: catalog.noun) }
          }
        default: break
        }
      }
    }
  }

  @Test func `what may be null without a default in words is nothing then`() {
    var nullable = Nullable()
    for task in TaskCatalog.all { nullable.add(Experiment.description(of: task), of: "") }
    let names = nullable.names
    #expect(
      names.subtracting(ResolvedSpecTests.absent) == [], "a value that is put in their place is a default, or inferred")
    #expect(ResolvedSpecTests.absent.subtracting(names) == [])
  }

  private func experiment(_ path: String, _ text: String? = nil) throws -> Experiment {
    let diagnostics = Diagnostics()
    let file =
      try text.map { SpecFile(path: path, bytes: [UInt8]($0.utf8), diagnostics: diagnostics) }
      ?? SpecFile(path: path, diagnostics: diagnostics)
    let root = try #require(file.root)
    let data = DataKnowledge.looking(RunOptions().data(forSpec: path))
    let experiment = Experiment(root, fallbackName: "spec", data: data, diagnostics: diagnostics)
    #expect(diagnostics.all.filter { $0.severity == .error }.map(\.message) == [])
    return try #require(experiment)
  }

  /// The fields that a resolved spec leaves out, or of which it says null though they have a default.
  private func gaps(_ node: Node, _ description: FieldsDescription, _ path: String) -> [String] {
    description.fields.filter { $0.name != description.parentKey }.flatMap { field -> [String] in
      let place = "\(path).\(field.name)"
      guard let value = node[field.name] else { return ["\(place) is left out"] }
      guard !value.isNull else {
        let others = ResolvedSpecTests.replaced[field.name] ?? []
        let isReplaced = others.contains { node[$0].map { !$0.isNull } ?? false }
        let hasDefault = field.isRequired || !(field.default?.isNull ?? false) || field.defaultInWords != nil
        return hasDefault && !isReplaced ? ["\(place) is null"] : []
      }
      switch field.kind {
      case .group(let inner): return gaps(value, inner, place)
      case .item(let catalog): return gaps(entry: value, catalog, place)
      case .numberOrItem(_, let catalog): return value.pairs == nil ? [] : gaps(entry: value, catalog, place)
      case .items(let catalog, _): return (value.elements ?? []).flatMap { gaps(entry: $0, catalog, place) }
      case .itemLists(let catalog, _):
        return (value.elements ?? []).flatMap { $0.elements ?? [] }.flatMap { gaps(entry: $0, catalog, place) }
      default: return []
      }
    }
  }

  private func gaps(entry node: Node, _ catalog: CatalogDescription, _ path: String) -> [String] {
    let name = node.text ?? node.pairs?.first?.key.text ?? ""
    guard let fields = catalog.fields(name) else { return ["\(path): there is no \(name)"] }
    return gaps(node[name] ?? .null, fields, "\(path).\(name)")
  }

  @Test(arguments: ExampleSpecsTests.files)
  func `a resolved spec states every default, and reads as itself`(file: String) throws {
    let path = BadSpec.repository.appendingPathComponent("Experiments/\(file)").path
    let resolved = try experiment(path).resolved
    // A run has one seed, whichever others its group has.
    #expect(
      gaps(resolved, Experiment.description(of: TaskCatalog.task(of: resolved)), "") == [".seeds is left out"])
    let text = Emitter.text(of: resolved)
    #expect(Emitter.text(of: try experiment(path, text).resolved) == text)
  }

  @Test func `null asks for what follows from the rest of the spec, as an absent field does`() throws {
    let network = "[conv2d_transpose: {filters: 1, kernel_size: 4, strides: 2}, max_pooling2d: {pool_size: [2, 3]}]"
    let given =
      "[conv2d_transpose: {filters: 1, kernel_size: 4, strides: 2, output_padding: null}, "
      + "max_pooling2d: {pool_size: [2, 3], strides: null}]"
    func resolved(_ layers: String, _ conditional: String) throws -> Node {
      try experiment(
        "spec.yaml",
        """
        dataset: mnist
        conditional: \(conditional)
        generator: [dense: {units: 784}, reshape: {shape: [28, 28, 1]}]
        discriminator: [residual: {body: \(layers), shortcut: \(layers)}, flatten, one_hot, dense: {units: 1}]

        """
      ).resolved
    }
    let stated = try resolved(network, "{}")
    let body = try #require(stated["discriminator"]?.elements?.first?["residual"]?["body"]?.elements)
    #expect(body[0]["conv2d_transpose"]?["output_padding"]?.text == "0")
    #expect(body[1]["max_pooling2d"]?["strides"].map(Emitter.flowText) == "[2, 3]")
    #expect(stated["conditional"]?["classes"]?.text == "10")
    #expect(Emitter.text(of: try resolved(given, "{classes: null}")) == Emitter.text(of: stated))
  }
}
