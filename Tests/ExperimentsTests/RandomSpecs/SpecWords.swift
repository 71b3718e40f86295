import Foundation
import Networks
import Specs

/// The names of a spec's layers, losses and the like, each with its fields: `dense`, `dense.units`.
struct SpecWords {
  private(set) var words: Set<String> = []

  /// Those that a text says.
  init(_ text: String) throws {
    let diagnostics = Diagnostics()
    guard let node = Parser.parse(bytes: Array(text.utf8), name: "x", diagnostics: diagnostics) else { return }
    visit(try JSONSerialization.jsonObject(with: JSONEncoder().encode(node)))
  }

  private mutating func visit(_ value: Any) {
    switch value {
    case let list as [Any]: for item in list { visit(item) }
    case let word as String: words.insert(word)
    case let fields as [String: Any]:
      for (name, inner) in fields {
        words.insert(name)
        words.formUnion((inner as? [String: Any] ?? [:]).keys.map { "\(name).\($0)" })
        visit(inner)
      }
    default: break
    }
  }

  /// All that networks and their training are made of.
  static var vocabulary: Set<String> {
    let catalogues = [
      LayerCatalog.all.description, ActivationCatalog.all.description, InitializerCatalog.all.description,
      LossCatalog.all.description, RegularizerCatalog.all.description, OptimizerCatalog.all.description,
      ScheduleCatalog.all.description, ClassificationLossCatalog.all.description,
    ]
    let entries = catalogues.flatMap { catalogue in
      catalogue.entries.flatMap { entry in
        [entry.name] + (catalogue.fields(entry.name)?.fields.map { "\(entry.name).\($0.name)" } ?? [])
      }
    }
    let sections = [
      "latent.dim", "latent.distribution", "codes.categorical", "codes.continuous", "conditional.auxiliary_classifier",
      "training.sampling", "training.discriminator_update", "training.discriminator_steps", "training.generator_steps",
      "training.packing", "training.gradient_accumulation", "training.shards", "training.unrolled_steps",
      "generator_average.decay",
      "generator_average.half_life", "average.decay", "augmentation.translation", "augmentation.cutout",
      "augmentation.brightness", "augmentation.probability", "augmentation.adaptive",
    ]
    return Set(entries + sections)
  }
}
