import Specs

/// The `record` section: what a run writes, and when.
package struct Recording: Sendable {
  /// Steps between rows of metrics.csv.
  package let metricsEvery: Int
  /// Epochs between sample sheets.
  package let samplesEvery: Int
  /// Epochs between checkpoints.
  package let checkpointEvery: Int
  /// Checkpoints that are kept, the newest.
  package let checkpointsKept: Int
  /// Samples on a sheet.
  package let sampleCount: Int
  /// Whether there is an events file for TensorBoard.
  package let tensorboard: Bool

  /// Reads the section; a sheet has `sampleCount` samples unless it says otherwise.
  package init(from fields: inout Fields, sampleCount: Int) {
    metricsEvery = fields.integer(
      "metrics_every", in: 1...1_000_000, default: 50, "steps between rows of metrics.csv")
    samplesEvery = fields.integer(
      FieldName("samples_every", alsoCalled: ["sample_interval"]), in: 1...1_000_000, default: 1,
      "epochs between sample sheets")
    checkpointEvery = fields.integer(
      FieldName("checkpoint_every", alsoCalled: ["save_interval", "checkpoint"]), in: 1...1_000_000, default: 1,
      "epochs between checkpoints")
    checkpointsKept = fields.integer(
      "checkpoints_kept", in: 2...1_000_000, default: 5, "checkpoints that are kept, the newest")
    self.sampleCount = fields.integer(
      "sample_count", in: 1...4096, default: sampleCount, "samples on a sheet, and of gan-exp sample")
    tensorboard = fields.boolean(
      "tensorboard", default: false, "write an events file for TensorBoard beside metrics.csv")
    fields.document("sample_count", default: "64, of classes 10 each, of points in the plane 2500, of a classifier 40")
  }
}
