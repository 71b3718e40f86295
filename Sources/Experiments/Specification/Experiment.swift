import Compute
import Datasets
import Networks
import YAML

/// A spec as one value: everything that decides what a run computes.
public struct Experiment: Sendable {
  /// The experiment's name, also that of its folder under `Runs/`.
  public let name: String
  /// The seed of all its randomness.
  public let seed: UInt64
  /// Where real samples come from.
  public let dataset: SurveyedDataset
  /// The name of the dataset in the catalogue.
  public var datasetName: String { dataset.name }
  /// The generator's input.
  public let latent: Latent
  /// The classes that samples are of, if the spec asks for them.
  public let conditional: Conditional?
  /// Latent vectors to samples.
  package let generator: Network
  /// Samples to scores.
  package let discriminator: Network
  /// The discriminator with what the loss takes for a score.
  let critic: Critic
  /// What both minimise.
  package let loss: any Loss
  /// Whether a final sigmoid of the discriminator was left to the loss.
  public let hasFoldedSigmoid: Bool
  /// What the loss keeps from step to step.
  let lossVariables: KeptVariables
  /// What is added to the losses.
  let regularizers: [ActiveRegularizer]
  /// How the generator follows its gradients.
  package let generatorOptimizer: OptimizerState
  /// How the discriminator follows its gradients.
  package let discriminatorOptimizer: OptimizerState
  /// Where the average of the generator's parameters is kept, if one is.
  let generatorAverage: GeneratorAverage?
  /// The adaptive probability of the augmentation, if there is one.
  let augmentationProbability: Variable?
  /// The `training` section.
  public let training: Training
  /// The `record` section.
  public let recording: Recording
  /// Every array that lives from step to step.
  package let layout: StateLayout
  /// The spec with every default, override and parent.
  public let resolved: Node

  /// The steps of a pass over the data.
  public var stepsPerEpoch: Int { training.stepsPerEpoch(dataset.count) }
  /// The steps of the run.
  public var totalSteps: Int { training.totalSteps(dataset.count) }

  /// The epoch, from 1, that a step, from 1, belongs to.
  public func epoch(of step: Int) -> Int { step == 0 ? 0 : (step - 1) / stepsPerEpoch + 1 }

  /// Reads and builds a spec; nil after reports to `diagnostics`.
  /// - Parameters:
  ///   - root: the merged document.
  ///   - fallbackName: the name of an experiment that gives none.
  ///   - seed: takes the place of the spec's seed.
  ///   - data: how it is found out what the data are like.
  public init?(
    _ root: Node, fallbackName: String, seed: UInt64? = nil, data: DataKnowledge, diagnostics: Diagnostics
  ) {
    // Left in place where the parent could not be read, which has been reported.
    let isPartial = root["extends"] != nil
    var fields = Fields(root.removing("extends"), of: "a spec", diagnostics: diagnostics)
    fields.ignoreKeys(beginningWith: Experiment.extensionPrefix)
    let parts = Parts(from: &fields, fallbackName: fallbackName, data: data)
    fields.finish(isPartial: isPartial)
    guard !isPartial else { return nil }

    var layout = StateLayout()
    let classes = parts.conditional.map { $0.classes ?? parts.dataset?.classes?.count ?? 1 }
    let generator = parts.generator.flatMap { layers in
      Network(
        name: "generator", layers: layers, inputShape: [parts.latent.count], classes: classes, firstTag: 1,
        layout: &layout,
        diagnostics: diagnostics)
    }
    guard let dataset = parts.dataset, let loss = parts.loss?.value else { return nil }
    let discriminator = parts.discriminator.flatMap { layers in
      Network(
        name: "discriminator", layers: loss.foldsSigmoid ? Ending.withoutSigmoid(layers) : layers,
        inputShape: Experiment.packed(Shape(dataset.sampleShape), parts.training.packing), classes: classes,
        firstTag: 1001, layout: &layout, diagnostics: diagnostics)
    }
    let check = FitCheck(parts: parts, loss: loss, dataset: dataset, spec: fields, diagnostics: diagnostics)
    if let generator, let layers = parts.generator { check.generator(generator, layers) }
    if let discriminator, let layers = parts.discriminator { check.discriminator(discriminator, layers) }
    check.batches()
    check.training(discriminator)
    check.conditional()

    guard !diagnostics.hasErrors, let generator, let discriminator,
      let forGenerator = parts.generatorOptimizer, let forDiscriminator = parts.discriminatorOptimizer
    else { return nil }
    check.warnOfUnboundedSlope(discriminator)
    check.warnOfBlindNetworks(generator, discriminator)
    generatorOptimizer = OptimizerState(forGenerator, for: generator, layout: &layout)
    discriminatorOptimizer = OptimizerState(forDiscriminator, for: discriminator, layout: &layout)
    lossVariables = KeptVariables(loss.kept, owner: "loss", layout: &layout)
    regularizers = parts.regularizers.enumerated().map { number, regularizer in
      ActiveRegularizer(
        regularizer.value, number: number, generator: generator, discriminator: discriminator, layout: &layout)
    }
    let training = parts.training
    generatorAverage = training.generatorAverage.map {
      GeneratorAverage($0, of: generator, images: training.imagesPerStep, layout: &layout)
    }
    augmentationProbability = training.augmentation?.adaptive.map { _ in
      layout.add("augmentation.probability", shape: [], to: layout.addBlock("augmentation"))
    }
    name = parts.name
    self.seed = seed ?? UInt64(parts.seed)
    self.dataset = dataset
    latent = parts.latent
    self.generator = generator
    self.discriminator = discriminator
    self.loss = loss
    conditional = parts.conditional
    critic = Critic(discriminator, loss: loss, heads: check.heads)
    hasFoldedSigmoid = loss.foldsSigmoid && parts.discriminator.map(Ending.foldsSigmoid) ?? false
    self.training = training
    recording = parts.recording
    self.layout = layout
    resolved = seed.map { Experiment.replacingSeed(in: fields.resolved, by: $0) } ?? fields.resolved
  }

  /// The shape of so many samples joined along the last axis.
  static func packed(_ shape: Shape, _ count: Int) -> Shape {
    Shape(shape.axes.dropLast() + [(shape.axes.last ?? 1) * count])
  }

  private static func replacingSeed(in resolved: Node, by seed: UInt64) -> Node {
    Node(
      .mapping(
        (resolved.pairs ?? []).map { pair in
          pair.key.text == "seed" ? (pair.key, Node.integer(Int(truncatingIfNeeded: seed))) : pair
        }), mark: resolved.mark)
  }

  /// What a spec can say, for the JSON Schema and the documentation.
  public static var description: FieldsDescription {
    var fields = Fields.describing(subject: "a spec")
    fields.ignoreKeys(beginningWith: extensionPrefix)
    let parentKey = "extends"
    _ = fields.optionalString(parentKey, "the path of a spec that this one changes, relative to it")
    _ = Parts(from: &fields, fallbackName: "experiment", data: .looking(.standard()))
    return FieldsDescription(
      subject: "a spec", fields: fields.description.fields, parentKey: parentKey, ignoredPrefix: extensionPrefix)
  }

  /// How the keys of a spec begin that hold anything, such as anchors.
  public static let extensionPrefix = "x-"

  /// Finds the layer that an origin stands for.
  package func layer(of origin: Origin) -> (path: String, layer: String, mark: Mark)? {
    let isDiscriminator = origin.tag >= 1001
    let network = isDiscriminator ? discriminator : generator
    let index = origin.tag - (isDiscriminator ? 1001 : 1)
    guard network.rows.indices.contains(index) else { return nil }
    return ("\(network.name)[\(index)]", network.rows[index].layer, network.rows[index].mark)
  }
}
