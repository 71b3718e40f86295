import Compute
import Networks

/// A turn's batch, or one of the parts in which it is passed.
struct MicroBatch: Sendable {
  /// The turn, from 1.
  let turn: Int
  /// Which part, from 1; nil where the batch is passed as a whole.
  let number: Int?

  /// `2`, or `2.1` for the first part.
  var name: String { name(member: nil) }

  /// The name with a member of a pack, from 1, between turn and part: `2.3.1`.
  func name(member: Int?) -> String {
    [turn, member, number].compactMap { $0.map(String.init) }.joined(separator: ".")
  }

  /// The parts of a turn, in order.
  static func all(of turn: Int, _ training: AdversarialTraining) -> [MicroBatch] {
    let count = training.microBatches
    return (1...count).map { MicroBatch(turn: turn, number: count == 1 ? nil : $0) }
  }
}

/// Samples with what is known of them.
struct Samples {
  let values: Tensor
  /// Their classes, [N, 1]; nil where the spec has none.
  var labels: Tensor?
  /// The codes from which they were generated; nil for real samples and where the spec has none.
  var codes: CodeValues?
}

/// Samples that the discriminator has seen.
struct Judged {
  /// The samples as it saw them, with their scores.
  let batch: RegularizerSite.Batch
  /// What it made beside the scores, [N, heads].
  let heads: Tensor?
  let codes: CodeValues?
  var scores: Tensor { batch.scores }
}

// Where the discriminator's batches come from.
extension AdversarialStep {
  private var training: AdversarialTraining { task.updates }
  private var partSize: Int { training.common.microBatchSize }
  private func start(of part: MicroBatch) -> Int { ((part.number ?? 1) - 1) * partSize }

  /// The real samples of a part, as they are gathered; packed, sample n is made of the turn's rows n, n + B and so on.
  mutating func realBatch(_ part: MicroBatch) -> Samples {
    let all = graph.gather(rows: rows, sampleShape: task.sampleShape)
    let first = (part.turn - 1) * training.batchSize * training.packing + start(of: part)
    var members: [Tensor] = []
    for member in 0..<training.packing {
      members.append(partRows(all, part, from: first + member * training.batchSize))
    }
    let labels = task.conditional.map { _ in partRows(graph.gatherLabels(rows: rows), part, from: first) }
    return Samples(values: graph.concatenate(members), labels: labels)
  }

  /// The generator's samples for a part, from latent vectors of the stream `latent/OWNER/TURN`.
  /// - Parameters:
  ///   - owner: for whose update they are, `discriminator` or `generator`.
  ///   - kind: what the generator's pass is named, before the part; packed, each member has a pass of its own.
  mutating func generatedBatch(_ part: MicroBatch, for owner: String, kind: String, updatesStatistics: Bool) -> Samples
  {
    let latent = task.latent.values(
      count: training.batchSize * training.packing, stream: "latent/\(owner)/\(part.turn)", in: graph)
    let labels = task.generator.classes.map { classes in
      let drawn = graph.indices([training.batchSize, 1], below: classes, stream: "class/\(owner)/\(part.turn)")
      return partRows(drawn, part, from: start(of: part))
    }
    let codes = task.latent.codes.map { fields in
      let all = CodeValues(fields, count: training.batchSize, stream: "\(owner)/\(part.turn)", in: graph)
      return all.map { partRows($0, part, from: start(of: part)) }
    }
    var members: [Tensor] = []
    for member in 0..<training.packing {
      let name = part.name(member: training.packing > 1 ? member + 1 : nil)
      var input = partRows(latent, part, from: start(of: part) + member * training.batchSize)
      if let codes { input = codes.joined(to: input) }
      members.append(
        task.generator.apply(
          input, mode: .training(pass: "\(kind)/\(name)", updatesStatistics: updatesStatistics),
          labels: labels))
    }
    return Samples(values: graph.concatenate(members), labels: labels, codes: codes)
  }

  /// The rows of one part.
  private mutating func partRows(_ x: Tensor, _ part: MicroBatch, from start: Int) -> Tensor {
    guard x.shape[0] != partSize else { return x }
    return x.rows(from: start, count: partSize, shard: training.common.shard(ofMicroBatch: (part.number ?? 1) - 1))
  }

  /// What the discriminator says of samples, after augmentation.
  mutating func judged(
    _ samples: Samples, pass: String, updatesStatistics: Bool, parameters: [Variable: Tensor] = [:]
  ) -> Judged {
    let seen = augmented(samples.values, pass: pass)
    let judgement = task.critic.judge(
      seen, mode: .training(pass: pass, updatesStatistics: updatesStatistics), labels: samples.labels,
      parameters: parameters)
    return Judged(
      batch: RegularizerSite.Batch(samples: seen, labels: samples.labels, scores: judgement.scores),
      heads: judgement.heads, codes: samples.codes)
  }

  /// The samples after augmentation, if there is any.
  private mutating func augmented(_ samples: Tensor, pass: String) -> Tensor {
    guard let augmentation = training.augmentation else { return samples }
    let probability = task.augmentationProbability.map { graph.read($0).stopGradient() }
    return augmentation.apply(samples, pass: pass, probability: probability)
  }

  /// Moves the adaptive probability after a turn of the discriminator.
  mutating func adaptAugmentation() {
    guard let adaptive = training.augmentation?.adaptive, let variable = task.augmentationProbability,
      let threshold = task.loss.threshold
    else { return }
    let old = graph.read(variable).stopGradient()
    let moved = adaptive.moved(
      old, scores: realScores, packing: training.packing, threshold: threshold)
    graph.assign(variable, moved)
    record(Augmentation.Adaptive.column, moved)
  }
}
