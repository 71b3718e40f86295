/// What is measured in every step, in the order of the columns of metrics.csv.
public enum Metric: String, CaseIterable, Sendable {
  /// `discriminator_loss_real` + `discriminator_loss_generated`.
  case discriminatorLoss = "discriminator_loss"
  /// The discriminator's loss on real samples, before the update.
  case discriminatorLossReal = "discriminator_loss_real"
  /// The discriminator's loss on generated samples, before the update.
  case discriminatorLossGenerated = "discriminator_loss_generated"
  /// The generator's loss, before the update.
  case generatorLoss = "generator_loss"
  /// The mean of the two accuracies below.
  case discriminatorAccuracy = "discriminator_accuracy"
  /// The share of real samples with a score above 0.
  case discriminatorAccuracyReal = "discriminator_accuracy_real"
  /// The share of generated samples with a score of 0 or below.
  case discriminatorAccuracyGenerated = "discriminator_accuracy_generated"
  /// The mean score of real samples.
  case scoreReal = "score_real"
  /// The mean score of generated samples in the discriminator's update.
  case scoreGenerated = "score_generated"
  /// The Euclidean norm of the discriminator's gradient before clipping, the mean over the step's updates.
  case discriminatorGradientNorm = "discriminator_gradient_norm"
  /// The Euclidean norm of the generator's gradient before clipping.
  case generatorGradientNorm = "generator_gradient_norm"

  /// Its place among the metrics.
  var index: Int { Metric.allCases.firstIndex(of: self) ?? 0 }
}

/// Sums of the metrics since the last row of metrics.csv, in Double and in the order of the steps.
public struct MetricSums: Sendable, Equatable {
  /// One sum a metric.
  public private(set) var sums = [Double](repeating: 0, count: Metric.allCases.count)
  /// The steps that were added.
  public private(set) var count = 0

  /// No steps.
  public init() {}

  /// Sums that a checkpoint kept; nil where they cannot be such.
  init?(sums: [Double], count: Int) {
    guard sums.count == Metric.allCases.count, count >= 0 else { return nil }
    self.sums = sums
    self.count = count
  }

  /// Adds the metrics of a step.
  mutating func add(_ values: [Float]) {
    for index in sums.indices { sums[index] += Double(values[index]) }
    count += 1
  }

  /// The means, rounded to Float.
  public var means: [Float] { sums.map { Float($0 / Double(max(count, 1))) } }

  /// Forgets all steps.
  mutating func reset() {
    for index in sums.indices { sums[index] = 0 }
    count = 0
  }
}
