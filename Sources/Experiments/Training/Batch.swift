import Compute
import Networks

/// A turn's batch, or one of the parts in which it is passed.
struct Part: Sendable {
  /// The turn, from 1.
  let turn: Int
  /// Which part, from 1; nil where the batch is passed as a whole.
  let number: Int?
  /// How many parts.
  let count: Int

  /// `2`, or `2.1` for the first part.
  var name: String { number.map { "\(turn).\($0)" } ?? "\(turn)" }

  /// The parts of a turn, in order.
  static func all(of turn: Int, _ training: Training) -> [Part] {
    let count = training.gradientAccumulation
    return (1...count).map { Part(turn: turn, number: count == 1 ? nil : $0, count: count) }
  }
}

// Where the discriminator's batches come from.
extension StepBuilder {
  private var partSize: Int { experiment.training.batchSize / experiment.training.gradientAccumulation }

  /// The real samples of a part, as they are gathered.
  mutating func realBatch(_ part: Part) -> Tensor {
    let all = graph.gather(rows: rows, sampleShape: Shape(experiment.dataset.sampleShape))
    let start = (part.turn - 1) * experiment.training.batchSize + ((part.number ?? 1) - 1) * partSize
    return partRows(all, from: start)
  }

  /// The generator's samples for a part, from latent vectors of the stream `STREAM/TURN`.
  mutating func generatedBatch(_ part: Part, stream: String, pass: String, updatesStatistics: Bool) -> Tensor {
    let latent = StepGraph.latent(
      experiment.latent, count: experiment.training.batchSize, stream: "\(stream)/\(part.turn)", in: &graph)
    return experiment.generator.apply(
      partRows(latent, from: ((part.number ?? 1) - 1) * partSize), in: &graph,
      mode: .training(pass: pass, updatesStatistics: updatesStatistics))
  }

  /// The rows of one part.
  private mutating func partRows(_ x: Tensor, from start: Int) -> Tensor {
    graph.shape(x)[0] == partSize ? x : graph.rows(x, from: start, count: partSize)
  }

  /// A batch as the discriminator sees it, with its scores.
  mutating func scored(
    _ samples: Tensor, pass: String, updatesStatistics: Bool, parameters: [Variable: Tensor] = [:]
  ) -> RegularizerSite.Batch {
    let seen = augmented(samples, pass: pass)
    let scores = experiment.critic.score(
      seen, in: &graph, mode: .training(pass: pass, updatesStatistics: updatesStatistics), parameters: parameters)
    return RegularizerSite.Batch(samples: seen, scores: scores)
  }

  /// The samples after augmentation, if there is any.
  private mutating func augmented(_ samples: Tensor, pass: String) -> Tensor {
    guard let augmentation = experiment.training.augmentation else { return samples }
    let probability = experiment.augmentationProbability.map { graph.snapshot(graph.read($0)) }
    return augmentation.apply(samples, pass: pass, probability: probability, in: &graph)
  }

  /// Moves the adaptive probability after a turn of the discriminator.
  mutating func adaptAugmentation(_ turn: Int) {
    guard let adaptive = experiment.training.augmentation?.adaptive, let variable = experiment.augmentationProbability,
      let threshold = experiment.loss.threshold
    else { return }
    let old = graph.snapshot(graph.read(variable))
    let moved = adaptive.moved(old, scores: realScores, threshold: threshold, in: &graph)
    graph.assign(variable, moved)
    record(.augmentationProbability, moved)
  }
}
