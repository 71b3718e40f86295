import Networks

extension Column {
  /// The step after which a row was written, from 1.
  package static let step = Column("step", "the row's last training step, from 1", unit: "steps", reduction: .last)
  /// The epoch of that step.
  package static let epoch = Column("epoch", "the epoch of that step, from 1", unit: "epochs", reduction: .last)

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

  /// All that a step of some spec measures, in the order of metrics.csv.
  static let measured: [Column] =
    [
      discriminatorLoss, discriminatorLossReal, discriminatorLossGenerated, discriminatorPenalty, generatorLoss,
      generatorPenalty, discriminatorAccuracy, discriminatorAccuracyReal, discriminatorAccuracyGenerated, scoreReal,
      scoreGenerated, discriminatorGradientNorm, generatorGradientNorm,
    ] + LossCatalog.columns + [Augmentation.Adaptive.column] + ofHeads

  /// All columns that metrics.csv can have, in their order.
  package static let all = [step, epoch] + measured

  /// The columns of a metrics.csv by their names.
  /// - Parameter recorded: what the run itself says of its columns.
  /// - Returns: a column that neither the run nor this version knows says nothing of its values.
  static func named(_ names: [String], recorded: [Column]) -> [Column] {
    names.map { name in
      recorded.first { $0.name == name } ?? all.first { $0.name == name }
        ?? Column(name, "unknown to this version", reduction: .last)
    }
  }

  /// The columns that any of several runs has, in the order of `all`, then others as they come.
  static func union(_ runs: [[Column]]) -> [Column] {
    var found: [Column] = []
    for column in runs.joined() where !found.contains(where: { $0.name == column.name }) { found.append(column) }
    func place(_ column: Column) -> Int { all.firstIndex { $0.name == column.name } ?? all.count }
    return found.enumerated()
      .sorted { (place($0.element), $0.offset) < (place($1.element), $1.offset) }.map(\.element)
  }
}
