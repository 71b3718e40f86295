import Evaluation
import Networks

extension Column {
  /// The discriminator's loss.
  package static let discriminatorLoss = Column(
    "discriminator_loss",
    "discriminator_loss_real + discriminator_loss_generated, or the loss of pairs of both; without penalties")
  static let discriminatorLossReal = Column(
    "discriminator_loss_real", "the discriminator's loss on real samples before the update, without penalties")
  static let discriminatorLossGenerated = Column(
    "discriminator_loss_generated", "the discriminator's loss on generated samples before the update, without penalties"
  )
  static let discriminatorPenalty = Column(
    "discriminator_penalty", "what regularization adds to the discriminator's loss, 0 in steps without")
  /// The generator's loss.
  package static let generatorLoss = Column(
    "generator_loss", "the generator's loss before the update, without penalties")
  static let generatorPenalty = Column(
    "generator_penalty", "what regularization adds to the generator's loss, 0 in steps without")
  /// The mean of the two accuracies.
  package static let discriminatorAccuracy = Column(
    "discriminator_accuracy", "the mean of discriminator_accuracy_real and discriminator_accuracy_generated",
    unit: share)
  static let discriminatorAccuracyReal = Column(
    "discriminator_accuracy_real", "the share of real samples with a score above the loss's threshold", unit: share)
  static let discriminatorAccuracyGenerated = Column(
    "discriminator_accuracy_generated", "the share of generated samples with a score not above the loss's threshold",
    unit: share)
  static let scoreReal = Column("score_real", "the mean score of real samples before the update")
  static let scoreGenerated = Column(
    "score_generated", "the mean score of generated samples before the discriminator's update")
  static let discriminatorGradientNorm = Column(
    "discriminator_gradient_norm", "the Euclidean norm of the discriminator's gradient before clipping")
  static let generatorGradientNorm = Column(
    "generator_gradient_norm", "the Euclidean norm of the generator's gradient before clipping")
}

extension Adversarial {
  /// All that can be measured of its samples, in the order of the metrics.
  package static let evaluationColumns: [Column] = MetricCatalog.columns

  /// All that a step of some spec measures, in the order of metrics.csv.
  package static let columns: [Column] =
    [
      .discriminatorLoss, .discriminatorLossReal, .discriminatorLossGenerated, .discriminatorPenalty, .generatorLoss,
      .generatorPenalty, .discriminatorAccuracy, .discriminatorAccuracyReal, .discriminatorAccuracyGenerated,
      .scoreReal,
      .scoreGenerated, .discriminatorGradientNorm, .generatorGradientNorm,
    ] + LossCatalog.columns + [Augmentation.Adaptive.column] + Column.ofHeads
}
