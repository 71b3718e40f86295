import Compute

/// What is measured in every step: a column of metrics.csv.
///
/// Which ones there are depends on the spec; they come in the order of `known`, then what else a loss measures.
public struct Metric: RawRepresentable, Hashable, Sendable {
  /// The name of the column.
  public let rawValue: String
  /// The metric of a column.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// `discriminator_loss_real` + `discriminator_loss_generated`, without regularization.
  public static let discriminatorLoss = Metric(rawValue: "discriminator_loss")
  /// The discriminator's loss on real samples, before the update; not of a loss of pairs.
  public static let discriminatorLossReal = Metric(rawValue: "discriminator_loss_real")
  /// The discriminator's loss on generated samples, before the update; not of a loss of pairs.
  public static let discriminatorLossGenerated = Metric(rawValue: "discriminator_loss_generated")
  /// What regularizers add to the discriminator's loss, 0 in steps without.
  public static let discriminatorPenalty = Metric(rawValue: "discriminator_penalty")
  /// The generator's loss, before the update, without regularization.
  public static let generatorLoss = Metric(rawValue: "generator_loss")
  /// What regularizers add to the generator's loss, 0 in steps without.
  public static let generatorPenalty = Metric(rawValue: "generator_penalty")
  /// The mean of the two accuracies below; where the loss has a threshold.
  public static let discriminatorAccuracy = Metric(rawValue: "discriminator_accuracy")
  /// The share of real samples with a score above the loss's threshold.
  public static let discriminatorAccuracyReal = Metric(rawValue: "discriminator_accuracy_real")
  /// The share of generated samples with a score not above the loss's threshold.
  public static let discriminatorAccuracyGenerated = Metric(rawValue: "discriminator_accuracy_generated")
  /// The mean score of real samples.
  public static let scoreReal = Metric(rawValue: "score_real")
  /// The mean score of generated samples in the discriminator's update.
  public static let scoreGenerated = Metric(rawValue: "score_generated")
  /// The Euclidean norm of the discriminator's gradient before clipping, the mean over the step's updates.
  public static let discriminatorGradientNorm = Metric(rawValue: "discriminator_gradient_norm")
  /// The Euclidean norm of the generator's gradient before clipping, the mean over the step's updates.
  public static let generatorGradientNorm = Metric(rawValue: "generator_gradient_norm")
  /// The balance of `boundary_equilibrium` after the step.
  public static let balance = Metric(rawValue: "balance")
  /// The measure of convergence of `boundary_equilibrium`.
  public static let convergence = Metric(rawValue: "convergence")
  /// The adaptive probability of `augmentation` after the step.
  public static let augmentationProbability = Metric(rawValue: "augmentation_probability")
  /// The cross-entropy of the guessed classes of real samples, unweighted.
  public static let classLossReal = Metric(rawValue: "class_loss_real")
  /// The cross-entropy of the guessed classes of generated samples in the discriminator's update, unweighted.
  public static let classLossGenerated = Metric(rawValue: "class_loss_generated")
  /// The share of real samples whose class is guessed.
  public static let classAccuracyReal = Metric(rawValue: "class_accuracy_real")
  /// The weighted sum of what the guessed codes are off, in the discriminator's update.
  public static let codeLoss = Metric(rawValue: "code_loss")

  /// All that a spec can have, in the order of their columns.
  public static let known: [Metric] = [
    discriminatorLoss, discriminatorLossReal, discriminatorLossGenerated, discriminatorPenalty, generatorLoss,
    generatorPenalty, discriminatorAccuracy, discriminatorAccuracyReal, discriminatorAccuracyGenerated, scoreReal,
    scoreGenerated, discriminatorGradientNorm, generatorGradientNorm, balance, convergence, augmentationProbability,
    classLossReal, classLossGenerated, classAccuracyReal, codeLoss,
  ]
}

/// Sums of the metrics since the last row of metrics.csv, in Double and in the order of the steps.
public struct MetricSums: Sendable, Equatable {
  /// One sum a metric.
  public private(set) var sums: [Double]
  /// The steps that were added.
  public private(set) var count = 0

  /// No steps of so many metrics.
  public init(of metrics: Int) { sums = [Double](repeating: 0, count: metrics) }

  /// Sums that a checkpoint kept; nil where they cannot be such.
  init?(sums: [Double], count: Int) {
    guard count >= 0 else { return nil }
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
