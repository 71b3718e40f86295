import Networks
import Specs

/// The `training` section of a classifier.
struct SupervisedTraining: Sendable {
  /// How batches are drawn, and for how long.
  let common: Training
  /// The average of the parameters with which the network is evaluated; nil for the parameters themselves.
  let average: AverageFields?
  /// Augmentation of the training samples.
  let augmentation: Augmentation?

  /// Reads the section.
  init(from fields: inout Fields) {
    var common = Training(from: &fields)
    common.readMicroBatches(from: &fields)
    average = fields.optionalGroup(
      FieldName("average", alsoCalled: ["ema"]),
      "the network is evaluated with an exponential moving average of its parameters"
    ) { fields in AverageFields(from: &fields, images: "images of the steps") }
    augmentation = fields.optionalGroup(.augmentation, "random changes of the training samples") { fields in
      Augmentation(from: &fields, isAdaptive: false)
    }
    common.checkMicroBatches(fields)
    if let problem = average?.problem(images: common.batchSize) {
      fields.error(problem.message, at: "average", remedy: problem.remedy)
    }
    self.common = common
  }
}
