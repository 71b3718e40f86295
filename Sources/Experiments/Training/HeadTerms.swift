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
extension StepBuilder {
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
      return graph.columns(heads, from: next, count: count)
    }
    if let weight = experiment.conditional?.auxiliaryClassifier, let classes = experiment.discriminator.classes,
      let labels = judged.batch.labels
    {
      let logits = taken(classes)
      let loss = crossEntropy(logits, labels, classes: classes)
      switch side {
      case .real:
        record(.classLossReal, loss)
        let accuracy = accuracy(logits, labels, classes: classes)
        record(.classAccuracyReal, accuracy)
      case .generated: record(.classLossGenerated, loss)
      case .generator: break
      }
      sum = graph.scale(loss, by: Float(weight))
    }
    if let fields = experiment.latent.codes, let codes = judged.codes {
      var loss = graph.constant(0)
      for (size, indices) in codes.categorical {
        let term = crossEntropy(taken(size), indices, classes: size)
        loss = graph.add(graph.scale(term, by: Float(fields.categoricalWeight)), loss)
      }
      if let continuous = codes.continuous {
        let errors = graph.sumOfSquares(graph.subtract(continuous, taken(fields.continuous)))
        let count = Float(graph.shape(continuous)[0])
        loss = graph.add(graph.scale(errors, by: 0.5 * Float(fields.continuousWeight) / count), loss)
      }
      if side == .generated { record(.codeLoss, loss) }
      sum = sum.map { graph.add($0, loss) } ?? loss
    }
    return sum
  }

  /// The mean cross-entropy of logits [N, classes] with the classes that are meant: ln sum e^x - x of the class.
  private mutating func crossEntropy(_ logits: Tensor, _ labels: Tensor, classes: Int) -> Tensor {
    let ones = graph.oneHot(labels, classes: classes)
    let own = graph.sum(graph.multiply(logits, ones))
    let total = graph.sum(graph.logSumExp(logits))
    return graph.scale(graph.subtract(total, own), by: 1 / Float(graph.shape(logits)[0]))
  }

  /// The share of samples whose class has the largest logit.
  private mutating func accuracy(_ logits: Tensor, _ labels: Tensor, classes: Int) -> Tensor {
    let ones = graph.oneHot(labels, classes: classes)
    let own = graph.sum(graph.multiply(logits, ones), over: 1..<2)
    let largest = graph.reshape(graph.rowMaximum(logits), to: graph.shape(own))
    let missed = graph.mean(graph.isPositive(graph.subtract(largest, own)))
    return graph.offset(graph.scale(missed, by: -1), by: 1)
  }
}
