import Compute
import Networks

/// The graph of one training step: every update of the discriminator, then that of the generator.
///
/// Each update reads what the ones before it wrote. The passes' names, which keep their random draws apart, are
/// `real/I` and `generated/I` for the discriminator's I-th turn, from 1, and `generator/1`.
struct StepGraph: Sendable {
  static let rows = "rows"

  let graph: Graph
  /// One scalar a metric, in their order.
  let metrics: [Tensor]

  /// The input of an optimizer's settings for one update of a network, the updates of a step counted from 0.
  static func settings(_ network: String, update: Int) -> String { "\(network).settings.\(update)" }

  /// How often a step updates the discriminator.
  static func discriminatorUpdates(_ training: Training) -> Int {
    training.discriminatorSteps * (training.discriminatorUpdate == .separate ? 2 : 1)
  }

  init(_ experiment: Experiment) {
    var builder = Builder(experiment)
    for turn in 1...experiment.training.discriminatorSteps { builder.updateDiscriminator(turn) }
    builder.updateGenerator()
    metrics = builder.measured()
    graph = builder.graph
  }

  /// Latent vectors of a stream.
  static func latent(_ latent: Latent, count: Int, stream: String, in graph: inout Graph) -> Tensor {
    switch latent.distribution {
    case .normal: graph.normal([count, latent.dim], stream: stream)
    case .uniform: graph.offset(graph.scale(graph.uniform([count, latent.dim], stream: stream), by: 2), by: -1)
    }
  }
}

private struct Builder {
  let experiment: Experiment
  var graph = Graph()
  private var terms: [Metric: [Tensor]] = [:]
  private var discriminatorUpdates = 0
  private let rows: Tensor

  init(_ experiment: Experiment) {
    self.experiment = experiment
    rows = graph.input(StepGraph.rows, [experiment.training.samplesPerStep])
  }

  private mutating func record(_ metric: Metric, _ value: Tensor) { terms[metric, default: []].append(value) }

  /// The share of positive scores.
  private mutating func positives(_ score: Tensor) -> Tensor {
    let positive = graph.isPositive(score)
    return graph.mean(positive)
  }

  private mutating func realBatch(_ turn: Int) -> Tensor {
    let size = experiment.training.batchSize
    let all = graph.gather(rows: rows, sampleShape: Shape(experiment.dataset.sampleShape))
    return experiment.training.discriminatorSteps == 1
      ? all : graph.rows(all, from: (turn - 1) * size, count: size)
  }

  /// The discriminator's loss on a real batch, with its metrics.
  private mutating func lossOnReal(_ turn: Int) -> Tensor {
    let mode = Mode.training(pass: "real/\(turn)", updatesStatistics: true)
    let score = experiment.discriminator.apply(realBatch(turn), in: &graph, mode: mode)
    let loss = experiment.loss.real(score, in: &graph)
    record(.discriminatorLossReal, loss)
    let mean = graph.mean(score)
    record(.scoreReal, mean)
    let share = positives(score)
    record(.discriminatorAccuracyReal, share)
    return loss
  }

  /// The discriminator's loss on a generated batch, with its metrics.
  private mutating func lossOnGenerated(_ turn: Int) -> Tensor {
    let pass = "generated/\(turn)"
    let latent = StepGraph.latent(
      experiment.latent, count: experiment.training.batchSize, stream: "latent/discriminator/\(turn)", in: &graph)
    let samples = experiment.generator.apply(
      latent, in: &graph, mode: .training(pass: pass, updatesStatistics: false))
    let score = experiment.discriminator.apply(
      samples, in: &graph, mode: .training(pass: pass, updatesStatistics: true))
    let loss = experiment.loss.generated(score, in: &graph)
    record(.discriminatorLossGenerated, loss)
    let mean = graph.mean(score)
    record(.scoreGenerated, mean)
    let share = graph.offset(graph.scale(positives(score), by: -1), by: 1)
    record(.discriminatorAccuracyGenerated, share)
    return loss
  }

  private mutating func descend(_ loss: Tensor) {
    let settings = graph.input(StepGraph.settings("discriminator", update: discriminatorUpdates), [2])
    discriminatorUpdates += 1
    let norm = experiment.discriminatorOptimizer.update(loss, settings: settings, in: &graph)
    record(.discriminatorGradientNorm, norm)
  }

  mutating func updateDiscriminator(_ turn: Int) {
    switch experiment.training.discriminatorUpdate {
    case .separate:
      descend(lossOnReal(turn))
      descend(lossOnGenerated(turn))
    case .joint:
      let real = lossOnReal(turn)
      let generated = lossOnGenerated(turn)
      descend(graph.add(real, generated))
    }
  }

  mutating func updateGenerator() {
    let pass = "generator/1"
    let latent = StepGraph.latent(
      experiment.latent, count: experiment.training.batchSize, stream: "latent/generator/1", in: &graph)
    let samples = experiment.generator.apply(
      latent, in: &graph, mode: .training(pass: pass, updatesStatistics: true))
    let score = experiment.discriminator.apply(
      samples, in: &graph, mode: .training(pass: pass, updatesStatistics: false))
    let loss = experiment.loss.generator(score, in: &graph)
    record(.generatorLoss, loss)
    let settings = graph.input(StepGraph.settings("generator", update: 0), [2])
    let norm = experiment.generatorOptimizer.update(loss, settings: settings, in: &graph)
    record(.generatorGradientNorm, norm)
  }

  /// One scalar a metric: the mean of what the step's turns recorded.
  mutating func measured() -> [Tensor] {
    var means: [Metric: Tensor] = [:]
    for metric in Metric.allCases {
      guard let values = terms[metric], var sum = values.first else { continue }
      for value in values.dropFirst() { sum = graph.add(sum, value) }
      means[metric] = graph.scale(sum, by: 1 / Float(values.count))
    }
    func mean(_ metric: Metric) -> Tensor {
      guard let tensor = means[metric] else { preconditionFailure("\(metric.rawValue) was not recorded") }
      return tensor
    }
    means[.discriminatorLoss] = graph.add(mean(.discriminatorLossReal), mean(.discriminatorLossGenerated))
    means[.discriminatorAccuracy] = graph.scale(
      graph.add(mean(.discriminatorAccuracyReal), mean(.discriminatorAccuracyGenerated)), by: 0.5)
    return Metric.allCases.map(mean)
  }
}
