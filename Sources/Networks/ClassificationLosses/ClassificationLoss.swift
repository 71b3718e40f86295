import Compute
import Specs

/// What a classifier minimises: a function of its logits [N, C] and the classes of the samples.
package protocol ClassificationLoss: CatalogItem {
  /// The mean loss of a batch, a scalar.
  /// - Parameter labels: classes from 0, [N, 1].
  func mean(_ logits: Tensor, labels: Tensor) -> Tensor
}

extension ClassificationLoss {
  static var entry: Catalog<any ClassificationLoss>.Entry {
    Catalog<any ClassificationLoss>.Entry(Self.self) { fields in Self(from: &fields) }
  }
}

/// Softmax cross-entropy with label smoothing: mean of lse(x) - (1 - e) x_y - (e / C) sum x for logits x [N, C] and the class y,
/// which is -sum t ln softmax(x) with the targets t = (1 - e) one-hot(y) + e / C (Szegedy et al., "Rethinking the Inception
/// Architecture for Computer Vision", 2016).
///
/// In nats; ln C where nothing is known of a sample.
package struct SoftmaxCrossEntropy: ClassificationLoss {
  package static let name = "cross_entropy"
  package static let summary = "softmax cross-entropy with the classes of the data, in nats"
  package static let alsoCalled = [
    "categorical_crossentropy", "sparse_categorical_crossentropy", "crossentropyloss", "softmax_cross_entropy",
  ]
  let labelSmoothing: Double

  /// Reads `label_smoothing`.
  package init(from fields: inout Fields) {
    labelSmoothing = fields.number(
      "label_smoothing", in: .halfOpen(0, 1), default: 0,
      "epsilon: targets are (1 - epsilon) one-hot + epsilon / classes; 0.1 is usual")
  }

  package func mean(_ logits: Tensor, labels: Tensor) -> Tensor {
    let entropy = logits.crossEntropy(labels: labels)
    guard labelSmoothing > 0 else { return entropy }
    // lse - x_y + e (x_y - mean x), the last term over the batch.
    let (count, classes) = (logits.shape[0], logits.shape[1])
    let own = (logits * labels.oneHot(classes: classes)).sum()
    let others = logits.sum() * (1 / Float(classes))
    return entropy + (own - others) * (Float(labelSmoothing) / Float(count))
  }
}

/// The losses that a classifier can have.
package enum ClassificationLossCatalog {
  /// Every loss, one line each.
  private static let types: [any ClassificationLoss.Type] = [
    SoftmaxCrossEntropy.self
  ]

  /// Their entries.
  package static let all = Catalog<any ClassificationLoss>(
    noun: "classification loss", types.map { $0.entry })
}

extension Tensor {
  /// The mean cross-entropy of logits [N, C] with classes [N, 1]: ln sum e^x - x of the class, in nats.
  package func crossEntropy(labels: Tensor) -> Tensor {
    let own = (self * labels.oneHot(classes: shape[1])).sum()
    let total = logSumExp().sum()
    return (total - own) * (1 / Float(shape[0]))
  }

  /// The share of logits [N, C] whose largest is that of the class [N, 1].
  package func accuracy(labels: Tensor) -> Tensor {
    let own = (self * labels.oneHot(classes: shape[1])).sum(over: 1..<2)
    let largest = rowMaximum().reshaped(to: own.shape)
    return 1 - (largest - own).isPositive().mean()
  }
}
