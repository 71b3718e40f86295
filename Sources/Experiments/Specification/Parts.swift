import Compute
import Datasets
import Networks
import YAML

/// The sections of a spec as they are read, before shapes are looked at.
///
/// The one place that knows their names.
struct Parts {
  let name: String
  let seed: Int
  let dataset: SurveyedDataset?
  let latent: Latent
  /// nil where an entry was wrong, so that shapes cannot be judged.
  let generator: [Marked<any Layer>]?
  let discriminator: [Marked<any Layer>]?
  let loss: Marked<any Loss>?
  let regularizers: [Marked<any Regularizer>]
  let generatorOptimizer: (any Optimizer)?
  let discriminatorOptimizer: (any Optimizer)?
  let conditional: Conditional?
  let training: Training
  let recording: Recording

  init(from fields: inout Fields, fallbackName: String, data: DataKnowledge) {
    name = fields.string(
      "name", default: ExperimentName.nearest(to: fallbackName),
      "the experiment's name and that of its folder",
      validate: ExperimentName.refusal)
    fields.document("name", default: "the file's name", pattern: ExperimentName.pattern)
    seed = fields.integer("seed", in: 0...Int.max, default: 42, "the seed of everything random")
    dataset = data.dataset(in: &fields)
    latent = fields.group("latent", "the generator's input", read: Latent.init(from:))
    conditional = fields.optionalGroup(
      "conditional", "samples of classes, for the layers that ask for them", read: Conditional.init(from:))
    let shape = dataset.map { Shape($0.sampleShape) } ?? [28, 28, 1]
    generator = Parts.stack(
      "generator", "the layers that turn a latent vector into a sample",
      example: FitCheck.smallestGenerator(of: shape),
      &fields)
    discriminator = Parts.stack(
      "discriminator", "the layers that turn a sample into a score",
      example: FitCheck.smallestDiscriminator(of: shape),
      &fields)
    loss = fields.item("loss", of: LossCatalog.all, default: "non_saturating", "what both networks minimise")
      .map { Marked($0, mark: fields.mark(of: "loss")) }
    regularizers = fields.items(
      "regularization", of: RegularizerCatalog.all, count: 0...20, "terms added to the losses, and rules for parameters"
    )
    (generatorOptimizer, discriminatorOptimizer) = fields.group(
      "optimizers", "how each network follows its gradients"
    ) { fields in
      (
        fields.item("generator", of: OptimizerCatalog.all, default: "adam", "the generator's optimizer"),
        fields.item(
          "discriminator", of: OptimizerCatalog.all, default: "adam", "the discriminator's optimizer")
      )
    }
    training = fields.group(
      "training", "how batches are drawn and updates ordered", read: Training.init(from:))
    // A row for each class or first code, where there are some.
    let kinds = Parts.kinds(conditional, latent, dataset)
    let sheet =
      dataset?.sampleShape == [2] ? 2500 : kinds.map { min(max($0, 1), 100) * Sampler.columns } ?? 64
    recording = fields.group("record", "what a run writes, and when") { fields in
      Recording(from: &fields, sampleCount: sheet)
    }
  }

  /// How many classes or values of the first code the generator knows; nil where it knows none.
  private static func kinds(_ conditional: Conditional?, _ latent: Latent, _ dataset: SurveyedDataset?) -> Int? {
    conditional.flatMap { $0.classes ?? dataset?.classes?.count } ?? latent.codes?.categorical.first
  }

  private static func stack(
    _ key: String, _ summary: String, example: String, _ fields: inout Fields
  ) -> [Marked<any Layer>]? {
    let errors = fields.diagnostics.errorCount
    let layers = fields.items(key, of: LayerCatalog.all, count: 1...200, example: example, summary)
    for layer in layers {
      guard let reshape = layer.value as? Networks.Reshape, !isCountable(reshape.shape) else { continue }
      fields.diagnostics.error(
        "a sample of \(reshape.shape) has more values than any machine holds", at: layer.mark,
        remedy: "use a smaller shape")
    }
    return fields.diagnostics.errorCount == errors && !layers.isEmpty ? layers : nil
  }

  /// Whether a shape's values can be counted without overflow.
  private static func isCountable(_ shape: Shape) -> Bool {
    var count = 1
    for axis in shape.axes {
      let product = count.multipliedReportingOverflow(by: axis)
      guard !product.overflow, product.partialValue < 1 << 48 else { return false }
      count = product.partialValue
    }
    return true
  }
}
