import Datasets
import Networks
import YAML

/// The sections of a spec as they are read, before shapes are looked at. The one place that knows their names.
struct Parts {
  let name: String
  let seed: Int
  let dataset: (any Dataset)?
  let latent: Latent
  /// nil where an entry was wrong, so that shapes cannot be judged.
  let generator: [Marked<any Layer>]?
  let discriminator: [Marked<any Layer>]?
  let loss: (any Loss)?
  let generatorOptimizer: (any Optimizer)?
  let discriminatorOptimizer: (any Optimizer)?
  let training: Training
  let recording: Recording

  init(from fields: inout Fields, fallbackName: String) {
    name = fields.string(
      "name", default: fallbackName, "the experiment's name and that of its folder",
      validate: Parts.refusal(ofName:))
    seed = fields.integer("seed", in: 0...Int.max, default: 42, "the seed of everything random")
    dataset = fields.item("dataset", of: DatasetCatalog.all, default: "mnist", "where real samples come from")
    latent = fields.group("latent", "the generator's input", read: Latent.init(from:))
    generator = Parts.stack("generator", "the layers that turn a latent vector into a sample", &fields)
    discriminator = Parts.stack("discriminator", "the layers that turn a sample into a score", &fields)
    loss = fields.item("loss", of: LossCatalog.all, default: "non_saturating", "what both networks minimise")
    (generatorOptimizer, discriminatorOptimizer) = fields.group(
      "optimizers", "how each network follows its gradients"
    ) { fields in
      (
        fields.item("generator", of: OptimizerCatalog.all, default: "adam", "the generator's optimizer"),
        fields.item("discriminator", of: OptimizerCatalog.all, default: "adam", "the discriminator's optimizer")
      )
    }
    training = fields.group("training", "how batches are drawn and updates ordered", read: Training.init(from:))
    let sheet = dataset is any GaussianMixture ? 2500 : 64
    recording = fields.group("record", "what a run writes, and when") { fields in
      Recording(from: &fields, sampleCount: sheet)
    }
  }

  private static func stack(_ key: String, _ summary: String, _ fields: inout Fields) -> [Marked<any Layer>]? {
    let errors = fields.diagnostics.errorCount
    let layers = fields.items(key, of: LayerCatalog.all, count: 1...500, summary)
    return fields.diagnostics.errorCount == errors && !layers.isEmpty ? layers : nil
  }

  /// Why a name cannot be that of a folder.
  private static func refusal(ofName name: String) -> String? {
    let isPlain = name.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-_.+=".utf8.contains(byte)
    }
    if name.isEmpty || name.utf8.count > 100 || !isPlain || name.hasPrefix(".") {
      return "use 1 to 100 letters, digits and - _ . + = and begin with no dot: it names a folder"
    }
    return nil
  }
}
