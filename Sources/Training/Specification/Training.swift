import Specs

/// What every task's `training` section says: how batches are drawn, and for how long.
package struct Training: Sendable {
  /// How samples come into batches.
  package enum Sampling: String, Choice {
    /// Every batch independently from all samples, as the tutorial does.
    case withReplacement = "with_replacement"
    /// Every sample once an epoch, in an order of the epoch's own.
    case shuffle
  }

  /// Samples in a batch.
  package let batchSize: Int
  /// Passes over the data.
  package let epochs: Int
  /// A bound on the number of steps, whatever the epochs.
  package let steps: Int?
  /// How samples come into batches.
  package let sampling: Sampling
  /// Micro-batches in which a shard is passed before an update.
  package private(set) var gradientAccumulation = 1
  /// Shards of a batch, each with a gradient and batch statistics of its own, which several processes may share out.
  package private(set) var shards = 1

  /// Micro-batches of a batch: those of the first shard come first.
  var microBatches: Int { shards * gradientAccumulation }
  /// Samples in a micro-batch.
  var microBatchSize: Int { batchSize / microBatches }

  /// The shard of a micro-batch, both from 0; nil where a batch has one.
  func shard(ofMicroBatch number: Int) -> Int? { shards == 1 ? nil : number / gradientAccumulation }

  /// Reads the fields with which the section begins.
  init(from fields: inout Fields) {
    batchSize = fields.integer(
      FieldName("batch_size", alsoCalled: ["size", "batch", "batchsize", "bs"], example: "128"), in: 1...65536,
      default: 128, "samples in a batch")
    epochs = fields.integer(
      FieldName("epochs", alsoCalled: ["num_epochs", "n_epochs", "nb_epochs", "max_epochs"], example: "30"),
      in: 1...1_000_000, default: 30, "passes over the data")
    steps = fields.optionalInteger(
      FieldName("steps", alsoCalled: ["num_steps", "iterations"]), in: 1...4_000_000_000,
      "stop after so many steps, whatever the epochs")
    sampling = fields.choice(
      "sampling", default: .shuffle,
      "with_replacement: each batch independently; shuffle: each sample once an epoch")
  }

  /// Reads the field for micro-batches, which comes later.
  mutating func readMicroBatches(from fields: inout Fields) {
    gradientAccumulation = fields.integer(
      FieldName("gradient_accumulation", alsoCalled: ["accumulate"]), in: 1...1000, default: 1,
      "micro-batches per update: less memory, the same gradient")
    shards = fields.integer(
      FieldName("shards", alsoCalled: ["world_size", "num_replicas", "data_parallel"]), in: 1...1000, default: 1,
      "equal parts of a batch with batch statistics of their own, shared out among the processes of mpirun; the mean of their "
        + "gradients is followed")
  }

  /// Reports batches that cannot be cut into so many micro-batches.
  func checkMicroBatches(_ fields: Fields) {
    guard batchSize % microBatches != 0 else { return }
    let product = shards > 1 && gradientAccumulation > 1 ? " (shards times gradient_accumulation)" : ""
    fields.error(
      "a batch of \(batchSize) cannot be passed in \(microBatches) equal parts\(product)",
      at: shards > 1 ? "shards" : "gradient_accumulation", remedy: "use a divisor of batch_size")
  }

  /// The steps of one pass over `count` samples, `perStep` a step; what is left over is not used.
  func stepsPerEpoch(_ count: Int, perStep: Int) -> Int { max(1, count / perStep) }

  /// All steps of a run over `count` samples, `perStep` a step.
  func totalSteps(_ count: Int, perStep: Int) -> Int {
    let all = stepsPerEpoch(count, perStep: perStep).multipliedReportingOverflow(by: epochs)
    return min(all.overflow ? .max : all.partialValue, steps ?? .max)
  }
}
