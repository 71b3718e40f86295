import Compute
import Datasets
import Networks
import Specs

/// A generator and a discriminator that learn against each other (Goodfellow et al., "Generative Adversarial Nets", 2014).
///
/// A step has discriminator_steps turns of the discriminator, then generator_steps updates of the generator.
package struct Adversarial: SamplingTask {
  /// Latent vectors to samples.
  let generator: Network
  /// Samples to scores.
  let discriminator: Network
  /// The generator's input.
  let latent: Latent
  /// The classes that samples are of, if the spec asks for them.
  let conditional: Conditional?
  /// The discriminator with what the loss takes for a score.
  let critic: ScoringNetwork
  /// What both minimise.
  let loss: any Loss
  /// What the loss keeps from step to step.
  let lossVariables: KeptVariables
  /// What is added to the losses.
  let regularizers: [ActiveRegularizer]
  /// How the generator follows its gradients.
  let generatorOptimizer: OptimizerState
  /// How the discriminator follows its gradients.
  let discriminatorOptimizer: OptimizerState
  /// The average of the generator's parameters, if one is kept.
  let generatorAverage: ParameterAverage?
  /// The adaptive probability of the augmentation, if there is one.
  let augmentationProbability: Variable?
  /// How updates are ordered.
  let updates: AdversarialTraining
  /// The shape of a real sample.
  let sampleShape: Shape
  /// Samples that the generator learns from.
  let trainingCount: Int
  package let evaluation: EvaluationFields?
  package let foldedActivations: [String: String]

  /// Builds both networks, with their variables in `layout`; nil after reports to `diagnostics`.
  init?(
    _ sections: AdversarialSections, on dataset: SurveyedDataset?, spec: Fields, layout: inout StateLayout,
    diagnostics: Diagnostics
  ) {
    let classes = sections.conditional?.classes
    let generator = sections.generator.flatMap { layers in
      Network(
        name: "generator", layers: layers, inputShape: [sections.latent.count], classes: classes, firstTag: 1,
        layout: &layout, diagnostics: diagnostics)
    }
    guard let dataset, let loss = sections.loss?.value else { return nil }
    let sampleShape = Shape(dataset.sampleShape)
    let discriminator = sections.discriminator.flatMap { layers in
      Network(
        name: "discriminator", layers: loss.foldsSigmoid ? Ending.withoutSigmoid(layers) : layers,
        inputShape: Adversarial.packed(sampleShape, sections.training.packing), classes: classes, firstTag: 1001,
        layout: &layout, diagnostics: diagnostics)
    }
    let check = FitCheck(parts: sections, loss: loss, dataset: dataset, spec: spec, diagnostics: diagnostics)
    if let generator, let layers = sections.generator { check.generator(generator, layers) }
    if let discriminator, let layers = sections.discriminator { check.discriminator(discriminator, layers) }
    check.batches()
    check.training(discriminator)
    check.conditional()
    guard !diagnostics.hasErrors, let generator, let discriminator,
      let forGenerator = sections.generatorOptimizer, let forDiscriminator = sections.discriminatorOptimizer
    else { return nil }
    check.warnOfUnboundedSlope(discriminator)
    check.warnOfBlindNetworks(generator, discriminator)

    generatorOptimizer = OptimizerState(forGenerator, for: generator, layout: &layout)
    discriminatorOptimizer = OptimizerState(forDiscriminator, for: discriminator, layout: &layout)
    lossVariables = KeptVariables(loss.kept, owner: "loss", layout: &layout)
    regularizers = sections.regularizers.enumerated().map { number, regularizer in
      ActiveRegularizer(
        regularizer.value, number: number, generator: generator, discriminator: discriminator, layout: &layout)
    }
    updates = sections.training
    generatorAverage = updates.generatorAverage.map { [updates] fields in
      ParameterAverage(fields, of: generator, images: updates.imagesPerStep, layout: &layout)
    }
    augmentationProbability = updates.augmentation?.adaptive.map { _ in
      layout.add("augmentation.probability", shape: [], to: layout.addBlock("augmentation"))
    }
    self.generator = generator
    self.discriminator = discriminator
    latent = sections.latent
    conditional = sections.conditional
    critic = ScoringNetwork(discriminator, loss: loss, heads: check.heads)
    self.loss = loss
    self.sampleShape = sampleShape
    trainingCount = dataset.count
    evaluation = sections.evaluation
    let isFolded = loss.foldsSigmoid && sections.discriminator.map(Ending.foldsSigmoid) ?? false
    foldedActivations = isFolded ? [discriminator.name: Sigmoid.name] : [:]
  }

  /// The shape of so many samples joined along the last axis.
  private static func packed(_ shape: Shape, _ count: Int) -> Shape {
    Shape(shape.axes.dropLast() + [(shape.axes.last ?? 1) * count])
  }
}

extension Adversarial {
  package static var keys: [String] { ["generator", "discriminator"] }
  package static var sections: any TaskSections.Type { AdversarialSections.self }
  package static var headline: [Headline] {
    [
      Headline(.discriminatorLoss, "D loss", short: "D"), Headline(.generatorLoss, "G loss", short: "G"),
      Headline(.discriminatorAccuracy, "D accuracy", isListed: false),
    ]
  }

  package var networks: [Network] { [generator, discriminator] }
  package var portableNetworks: [PortableNetwork] {
    let isScore = if case .score = critic.output { true } else { false }
    return [
      PortableNetwork(generator, from: "latent", to: "samples", average: generatorAverage, latent: inputParts),
      PortableNetwork(
        discriminator, from: "samples", to: isScore ? "scores" : "reconstructions",
        isWithoutSigmoid: foldedActivations[discriminator.name] != nil),
    ]
  }
  package var training: Training { updates.common }
  package var samplesPerStep: Int { updates.samplesPerStep }
  package var intervals: [Int] { regularizers.map(\.regularizer.every) }

  package var layerPasses: LayerPasses {
    let steps = updates.discriminatorSteps
    let (own, others) = (generator.rows.count, discriminator.rows.count)
    // Each update of the discriminator takes a real and a generated batch; then come the generator's own.
    let passes =
      (steps + updates.generatorSteps) * own
      + (2 * steps + updates.generatorSteps * (1 + 2 * updates.unrolledSteps)) * others
    return LayerPasses(
      count: passes * updates.microBatches,
      cause: "\(steps) discriminator_steps, \(own) generator layers, \(others) discriminator layers",
      key: "discriminator_steps")
  }

  package func step(due: Set<Int>) -> StepGraph {
    var builder = AdversarialStep(self, due: due)
    for turn in 1...updates.discriminatorSteps { builder.updateDiscriminator(turn) }
    for turn in 1...updates.generatorSteps { builder.updateGenerator(turn) }
    builder.moveAverage()
    return builder.finished()
  }

  package func initialize(_ state: State, seed: UInt64) {
    generator.initialize(state, seed: seed)
    discriminator.initialize(state, seed: seed)
    lossVariables.initialize(state)
    for regularizer in regularizers { regularizer.variables.initialize(state) }
    initializeAverages(state)
  }

  package func initializeAverages(_ state: State) { generatorAverage?.initialize(state) }

  package var samplesClasses: Bool { generator.classes != nil }
  package var sampledKinds: Int? { generator.classes ?? latent.codes?.categorical.first }
  package var inputParts: InputParts {
    InputParts(
      latent: latent.dim, isNormal: latent.distribution == .normal, categorical: latent.codes?.categorical ?? [],
      continuous: latent.codes?.continuous ?? 0)
  }
  package var scoring: SampleScoring {
    SampleScoring(packing: updates.packing, takesClasses: conditional != nil, threshold: loss.threshold)
  }
  package var sheetColumns: Int? { sampledKinds == nil ? nil : Sampler.columns }

  /// The values when the generator makes a sheet: a layer's input and output at a time.
  package func inspectionBytes(sampleCount: Int, threads: Int) -> Int {
    let counts = [generator.inputShape.count] + generator.rows.map(\.output.count)
    let most = zip(counts, counts.dropFirst()).map { $0 + $1 }.max() ?? 0
    let measured = evaluation.map {
      $0.bytes(sampleShape: sampleShape, trainingCount: trainingCount, generatorValues: most, threads: threads)
    }
    return 4 * Shape.count([sampleCount, most]) + (measured ?? 0)
  }

  package func sampler(_ request: SampleRequest, state: State, pool: ThreadPool) throws(PlanError) -> Sampler {
    try Sampler(self, request, state: state, pool: pool)
  }

  package func scorer(label: Int?, limit: Int, state: State, pool: ThreadPool) throws(PlanError) -> Scorer {
    try Scorer(self, label: label, limit: limit, state: state, pool: pool)
  }

  package func inspector(at site: InspectionSite) throws(PlanError) -> any Inspector {
    SampleInspector(
      try sampler(SampleRequest(count: site.sampleCount, seed: site.seed), state: site.state, pool: site.pool), self,
      site)
  }

  package var validation: ValidationSource? { evaluation?.heldOut.map { .data($0) } }
  package var stopWhen: [String] { updates.stopWhen.map { type(of: $0.value).name } }
  package var evaluatesEvery: Int? { evaluation?.every }
  package var evaluationColumns: [Column] { evaluation.map { $0.regular.columns } ?? [] }
  package var countsBins: Bool { evaluation?.regular.countsBins ?? false }
}

/// Shows samples from fixed latent points, the run's sample sheet, and measures others.
private final class SampleInspector: Inspector {
  private let sampler: Sampler
  private let task: Adversarial
  private let site: InspectionSite
  private var evaluator: SampleEvaluator?

  init(_ sampler: Sampler, _ task: Adversarial, _ site: InspectionSite) {
    (self.sampler, self.task, self.site) = (sampler, task, site)
  }

  func sheet(at step: Int) -> Sheet { Sheet(samples: sampler.samples()) }

  private func evaluator(_ fields: EvaluationFields) throws(PlanError) -> SampleEvaluator {
    if let evaluator { return evaluator }
    let made = try SampleEvaluator(
      task, fields, of: site.experiment, data: site.data, state: site.state, pool: site.pool)
    evaluator = made
    return made
  }

  func conclusion(isWanted: () -> Bool) throws(PlanError) -> Conclusion? {
    guard let fields = task.evaluation else { return nil }
    return try evaluator(fields).conclusion(isWanted: isWanted)
  }

  func evaluation(at step: Int) throws(PlanError) -> Evaluation? {
    guard let fields = task.evaluation else { return nil }
    let evaluator = try evaluator(fields)
    let (findings, counts) = try evaluator.measure(fields.regular, .selection, withFloors: false)
    return Evaluation(values: findings.map(\.measured.value), counts: counts, confusion: nil)
  }
}
