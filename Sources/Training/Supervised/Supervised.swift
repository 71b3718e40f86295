import Compute
import Datasets
import Networks
import Specs

/// A classifier: a network that learns the classes of samples.
package struct Supervised: Task {
  /// Samples to logits of their classes.
  let network: Network
  /// What it minimises.
  let loss: any ClassificationLoss
  /// How it follows its gradients.
  let optimizer: OptimizerState
  /// The average of its parameters with which it is evaluated, if one is kept.
  let average: ParameterAverage?
  /// Augmentation of the training samples.
  let augmentation: Augmentation?
  /// The classes of the data.
  let classes: Classes
  /// The shape of a sample.
  let sampleShape: Shape
  package let training: Training
  package let validation: ValidationSource?
  package let evaluatesEvery: Int?

  /// Builds the network, with its variables in `layout`; nil after reports to `diagnostics`.
  init?(
    _ sections: SupervisedSections, on dataset: SurveyedDataset?, spec: Fields, layout: inout StateLayout,
    diagnostics: Diagnostics
  ) {
    guard let dataset else { return nil }
    sampleShape = Shape(dataset.sampleShape)
    let network = sections.network.flatMap { [sampleShape] layers in
      Network(
        name: "network", layers: layers, inputShape: sampleShape, firstTag: 1, layout: &layout, diagnostics: diagnostics
      )
    }
    let check = ClassifierFit(sections: sections, dataset: dataset, spec: spec, diagnostics: diagnostics)
    check.classes()
    if let network, let layers = sections.network { check.network(network, layers) }
    let validation = check.validation()
    check.batches(validation)
    check.augmentation()
    guard !diagnostics.hasErrors, let network, let classes = dataset.classes, let loss = sections.loss,
      let optimizer = sections.optimizer
    else { return nil }
    self.network = network
    self.loss = loss
    self.optimizer = OptimizerState(optimizer, for: network, layout: &layout)
    training = sections.training.common
    average = sections.training.average.map { [training] fields in
      ParameterAverage(fields, of: network, images: training.batchSize, layout: &layout)
    }
    augmentation = sections.training.augmentation
    self.classes = classes
    self.validation = validation
    evaluatesEvery = sections.validation.every
  }
}

extension Column {
  static let loss = Column(
    "loss", "the loss of the training batches before the update, with label smoothing and dropout", unit: nats,
    direction: .lower)
  static let accuracy = Column(
    "accuracy", "the share of training samples whose class has the largest logit, before the update", unit: share,
    direction: .higher)
  static let gradientNorm = Column(
    "gradient_norm", "the Euclidean norm of the gradient before clipping")
  static let validationLoss = Column(
    "validation_loss", "the mean cross-entropy of the validation samples, without label smoothing and dropout",
    unit: nats, direction: .lower, reduction: .last)
  static let validationAccuracy = Column(
    "validation_accuracy", "the share of validation samples whose class has the largest logit", unit: share,
    direction: .higher, reduction: .last)
}

extension Supervised {
  package static var keys: [String] { ["network"] }
  package static var sections: any TaskSections.Type { SupervisedSections.self }
  package static var columns: [Column] { [.loss, .accuracy, .gradientNorm] }
  package static var evaluationColumns: [Column] { [.validationLoss, .validationAccuracy] }
  package static var headline: [Headline] {
    [
      Headline(.loss, "loss", short: "loss"), Headline(.accuracy, "accuracy", isListed: false),
      Headline(.validationAccuracy, "validation accuracy"),
    ]
  }

  package var networks: [Network] { [network] }
  package var portableNetworks: [PortableNetwork] {
    [PortableNetwork(network, from: "samples", to: PortableNetwork.logits, average: average)]
  }
  package var samplesPerStep: Int { training.batchSize }
  package var intervals: [Int] { [] }

  package var layerPasses: LayerPasses {
    LayerPasses(
      count: network.rows.count * training.microBatches,
      cause: "\(training.microBatches) micro-batches, \(network.rows.count) layers",
      key: training.shards > training.gradientAccumulation ? "shards" : "gradient_accumulation")
  }

  /// The pass of micro-batch P is named `network/P`; of whole batches, `network`.
  package func step(due: Set<Int>) -> StepGraph {
    let graph = GraphBuilder()
    var measurements = Measurements()
    let rows = graph.input(StepGraph.rows, [training.batchSize])
    let samples = graph.gather(rows: rows, sampleShape: sampleShape)
    let labels = graph.gatherLabels(rows: rows)
    let parts = training.microBatches
    var sum = MicroBatchSum(perShard: training.gradientAccumulation)
    for part in 0..<parts {
      let pass = parts == 1 ? "network" : "network/\(part + 1)"
      func own(_ x: Tensor) -> Tensor {
        let (start, count) = (part * training.microBatchSize, training.microBatchSize)
        return parts == 1 ? x : x.rows(from: start, count: count, shard: training.shard(ofMicroBatch: part))
      }
      var x = own(samples)
      let y = own(labels)
      if let augmentation { x = augmentation.apply(x, pass: pass, probability: nil) }
      let logits = network.apply(x, mode: .training(pass: pass, updatesStatistics: true))
      let loss = loss.mean(logits, labels: y)
      measurements.record(.loss, loss)
      measurements.record(.accuracy, logits.accuracy(labels: y))
      sum.add(optimizer.gradients(of: loss * (1 / Float(parts))))
    }
    let input = OptimizerInput(name: "network.settings", optimizer: optimizer.optimizer, update: 0, perStep: 1)
    let norm = optimizer.update(with: sum.total, settings: graph.input(input.name, [2]))
    measurements.record(.gradientNorm, norm)
    average?.move(in: graph)
    // The reductions are vertices too.
    let measured = Measurements.ordered(measurements.reduced, as: Supervised.columns)
    return StepGraph(graph: graph.finished(), measured: measured, settings: [input])
  }

  package func initialize(_ state: State, seed: UInt64) {
    network.initialize(state, seed: seed)
    initializeAverages(state)
  }

  package func initializeAverages(_ state: State) { average?.initialize(state) }

  package var sheetColumns: Int? { nil }
  package var captionsSheets: Bool { true }

  package func inspectionBytes(sampleCount: Int, threads: Int) -> Int {
    Validator.plan(self).arenaBytes + 4 * Shape.count([sampleCount, sampleShape.count])
  }

  package func inspector(at site: InspectionSite) throws(PlanError) -> any Inspector { try Validator(self, at: site) }
}
