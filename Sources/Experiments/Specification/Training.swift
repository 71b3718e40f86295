import Networks
import YAML

/// The `training` section: how batches are drawn and updates are ordered.
public struct Training: Sendable {
  /// How real samples come into batches.
  public enum Sampling: String, CaseIterable, Sendable {
    /// Every batch independently from all samples, as the tutorial does.
    case withReplacement = "with_replacement"
    /// Every sample once an epoch, in an order of the epoch's own.
    case shuffle
  }

  /// How the discriminator learns from the real and the generated batch.
  public enum DiscriminatorUpdate: String, CaseIterable, Sendable {
    /// One update on their summed loss.
    case joint
    /// One update on the real batch, then one on the generated batch.
    case separate
  }

  /// Samples in a batch.
  public let batchSize: Int
  /// Passes over the data.
  public let epochs: Int
  /// A bound on the number of steps, whatever the epochs.
  public let steps: Int?
  /// How real samples come into batches.
  public let sampling: Sampling
  /// How the discriminator's two losses are used.
  public let discriminatorUpdate: DiscriminatorUpdate
  /// Discriminator updates (pairs of them, where separate) before the generator's in a step.
  public let discriminatorSteps: Int
  /// Generator updates in a step.
  public let generatorSteps: Int
  /// Samples that the discriminator sees as one.
  public let packing: Int
  /// Micro-batches in which a batch is passed before an update.
  public let gradientAccumulation: Int
  /// Turns of its own that the discriminator seen by the generator is ahead.
  public let unrolledSteps: Int
  /// The average of the generator's parameters from which samples are made; nil for the parameters themselves.
  public let generatorAverage: AverageFields?
  /// Random changes of samples before the discriminator sees them.
  package let augmentation: Augmentation?

  /// Reads the section.
  public init(from fields: inout Fields) {
    batchSize = fields.integer("batch_size", in: 1...65536, default: 128, "samples in a batch")
    epochs = fields.integer("epochs", in: 1...1_000_000, default: 30, "passes over the data")
    steps = fields.optionalInteger("steps", in: 1...4_000_000_000, "stop after so many steps, whatever the epochs")
    sampling = fields.choice(
      "sampling", default: .shuffle,
      "with_replacement: each batch independently; shuffle: each sample once an epoch")
    discriminatorUpdate = fields.choice(
      "discriminator_update", default: .joint,
      "joint: one update on the sum of both losses; separate: one on the real batch, then one on the generated batch")
    discriminatorSteps = fields.integer(
      "discriminator_steps", in: 1...100, default: 1, "discriminator updates before the generator's in a step")
    generatorSteps = fields.integer("generator_steps", in: 1...100, default: 1, "generator updates in a step")
    packing = fields.integer(
      "packing", in: 1...16, default: 1,
      "samples joined along the last axis into one input of the discriminator (PacGAN)")
    gradientAccumulation = fields.integer(
      "gradient_accumulation", in: 1...1000, default: 1,
      "micro-batches per update: less memory, the same gradient")
    unrolledSteps = fields.integer(
      "unrolled_steps", in: 0...20, default: 0,
      "look-ahead updates of the discriminator that the generator is differentiated through (unrolled GAN); 0: none"
    )
    generatorAverage = fields.optionalGroup(
      "generator_average", "samples are made from an exponential moving average of the generator's parameters",
      read: AverageFields.init(from:))
    augmentation = fields.optionalGroup(
      "augmentation", "differentiable augmentation of real and generated samples before the discriminator",
      read: Augmentation.init(from:))
    if batchSize % gradientAccumulation != 0 {
      fields.error(
        "a batch of \(batchSize) cannot be passed in \(gradientAccumulation) equal parts", at: "gradient_accumulation",
        remedy: "use a divisor of batch_size")
    }
    if let problem = generatorAverage?.problem(images: imagesPerStep) {
      fields.error(problem.message, at: "generator_average", remedy: problem.remedy)
    }
  }

  /// Images that the generator makes in its updates of a step.
  public var imagesPerStep: Int { batchSize * packing * generatorSteps }

  /// Real samples that one step uses.
  public var samplesPerStep: Int { batchSize * discriminatorSteps * packing }

  /// The steps of one pass over `count` samples; what is left over is not used.
  public func stepsPerEpoch(_ count: Int) -> Int { max(1, count / samplesPerStep) }

  /// All steps of the run over `count` samples.
  public func totalSteps(_ count: Int) -> Int {
    let all = stepsPerEpoch(count).multipliedReportingOverflow(by: epochs)
    return min(all.overflow ? .max : all.partialValue, steps ?? .max)
  }
}

/// The `record` section: what a run writes, and when.
public struct Recording: Sendable {
  /// Steps between rows of metrics.csv.
  public let metricsEvery: Int
  /// Epochs between sample sheets.
  public let samplesEvery: Int
  /// Epochs between checkpoints.
  public let checkpointEvery: Int
  /// Checkpoints that are kept, the newest.
  public let checkpointsKept: Int
  /// Samples on a sheet.
  public let sampleCount: Int

  /// Reads the section; a sheet has `sampleCount` samples unless it says otherwise.
  public init(from fields: inout Fields, sampleCount: Int) {
    metricsEvery = fields.integer(
      "metrics_every", in: 1...1_000_000, default: 50, "steps between rows of metrics.csv")
    samplesEvery = fields.integer("samples_every", in: 1...1_000_000, default: 1, "epochs between sample sheets")
    checkpointEvery = fields.integer(
      "checkpoint_every", in: 1...1_000_000, default: 1, "epochs between checkpoints")
    checkpointsKept = fields.integer(
      "checkpoints_kept", in: 2...1_000_000, default: 5, "checkpoints that are kept, the newest")
    self.sampleCount = fields.integer(
      "sample_count", in: 1...4096, default: sampleCount, "samples on a sheet, and of gan-exp sample")
    fields.document("sample_count", default: "64, of classes 10 each, of points in the plane 2500")
  }
}

/// The `latent` section: the generator's input.
public struct Latent: Sendable {
  /// Distributions of latent values.
  public enum Distribution: String, CaseIterable, Sendable {
    /// N(0, 1).
    case normal
    /// Uniform in (-1, 1).
    case uniform
  }

  /// Values in a latent vector.
  public let dim: Int
  /// How they are distributed, independently of each other.
  public let distribution: Distribution
  /// Values behind them that the discriminator learns to guess; nil where there are none.
  public let codes: Codes?
  /// The values of the generator's input.
  public var count: Int { dim + (codes?.count ?? 0) }

  /// Reads the section.
  public init(from fields: inout Fields) {
    dim = fields.integer("dim", in: 1...100_000, default: 100, "values in a latent vector")
    distribution = fields.choice(
      "distribution", default: .normal, "normal: N(0, 1); uniform: between -1 and 1")
    codes = fields.optionalGroup(
      "codes", "values behind these that the discriminator learns to guess", read: Codes.init(from:))
  }
}
