import Compute
import Specs

/// A loss whose discriminator minimises the cross-entropy of its scores with the labels real = 1 - `label_smoothing`,
/// generated = 0, of which `label_flipping` exchanges some.
package protocol CrossEntropyLoss: Loss {
  /// What the discriminator learns.
  var labelFields: LabelFields { get }
}

/// The labels of a cross-entropy loss.
package struct LabelFields: Sendable {
  let labels: Labels

  /// Reads `label_smoothing` and `label_flipping`.
  init(from fields: inout Fields) {
    let smoothing = Float(
      fields.number(
        "label_smoothing", in: .halfOpen(0, 0.5), default: 0, "how far the label of real samples lies below 1"))
    labels = Labels(real: 1 - smoothing, generated: 0, from: &fields)
  }
}

extension CrossEntropyLoss {
  /// Scores are logits.
  package var foldsSigmoid: Bool { true }
  /// The logit of one half.
  package var threshold: Float? { 0 }

  /// The cross-entropy with the label of real samples.
  package func real(_ score: Tensor, beside generated: Tensor?, at site: inout LossSite) -> Tensor {
    term(score, isReal: true, at: &site)
  }

  /// The cross-entropy with the label 0.
  package func generated(_ score: Tensor, beside real: Tensor?, at site: inout LossSite) -> Tensor? {
    term(score, isReal: false, at: &site)
  }

  private func term(_ score: Tensor, isReal: Bool, at site: inout LossSite) -> Tensor {
    switch labelFields.labels.drawn(forReal: isReal, count: score.shape[0], at: &site) {
    case .all(let target): return CrossEntropy.mean(score, target: target)
    case .each(let targets):
      let towards = score * targets
      return (score.softplus() - towards).mean()
    }
  }
}

/// Binary cross-entropy of a score s with a target t in [0, 1]: mean of softplus(s) - t s, which is
/// -t ln p - (1 - t) ln(1 - p) for p = sigmoid(s).
enum CrossEntropy {
  static func mean(_ score: Tensor, target: Float) -> Tensor {
    if target == 1 { return (-score).softplus().mean() }
    let soft = score.softplus()
    return (target == 0 ? soft : soft - target * score).mean()
  }
}
