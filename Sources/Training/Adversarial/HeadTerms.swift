import Compute
import Networks

extension Column {
  static let classLossReal = Column(
    "class_loss_real", "the cross-entropy of the guessed classes of real samples, before its weight", unit: nats,
    direction: .lower)
  static let classLossGenerated = Column(
    "class_loss_generated",
    "the cross-entropy of the guessed classes of generated samples in the discriminator's update, before its weight",
    unit: nats, direction: .lower)
  static let classAccuracyReal = Column(
    "class_accuracy_real", "the share of real samples whose class is guessed", unit: share, direction: .higher)
  static let codeLoss = Column(
    "code_loss", "the loss of the guessed codes in the discriminator's update, with its weights", direction: .lower)

  /// What is measured of the guesses.
  static let ofHeads = [classLossReal, classLossGenerated, classAccuracyReal, codeLoss]
}

// What the discriminator's guesses of classes and codes add to the losses.
extension AdversarialStep {
  /// Whose loss a term is added to.
  enum Side {
    case real, generated, generator
  }

  /// The weighted terms of a batch's guesses; nil where there are none.
  mutating func headTerm(_ judged: Judged, _ side: Side) -> Tensor? {
    guard let heads = judged.heads else { return nil }
    var next = 0
    var sum: Tensor?
    func taken(_ count: Int) -> Tensor {
      defer { next += count }
      return heads.columns(from: next, count: count)
    }
    if let weight = task.conditional?.auxiliaryClassifier, let classes = task.discriminator.classes,
      let labels = judged.batch.labels
    {
      let logits = taken(classes)
      let loss = logits.crossEntropy(labels: labels)
      switch side {
      case .real:
        record(.classLossReal, loss)
        record(.classAccuracyReal, logits.accuracy(labels: labels))
      case .generated: record(.classLossGenerated, loss)
      case .generator: break
      }
      sum = loss * Float(weight)
    }
    if let fields = task.latent.codes, let codes = judged.codes {
      var loss = graph.constant(0)
      for (size, indices) in codes.categorical {
        loss = Float(fields.categoricalWeight) * taken(size).crossEntropy(labels: indices) + loss
      }
      if let continuous = codes.continuous {
        let errors = (continuous - taken(fields.continuous)).sumOfSquares()
        loss = errors * (0.5 * Float(fields.continuousWeight) / Float(continuous.shape[0])) + loss
      }
      if side == .generated { record(.codeLoss, loss) }
      sum = sum.map { $0 + loss } ?? loss
    }
    return sum
  }
}
