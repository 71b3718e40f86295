import Compute
import Specs

/// The least squares loss: real mean (r - b)^2 / 2, generated mean (g - a)^2 / 2, generator mean (g - c)^2 / 2, with a, b
/// and c the labels `generated_label`, `real_label` and `generator_label` (Mao et al., "Least Squares Generative
/// Adversarial Networks", 2017).
package struct LeastSquares: Loss {
  package static let name = "least_squares"
  package static let summary = "half the squared distance of scores from their labels"
  package static let alsoCalled = ["mse", "mseloss"]
  let labels: Labels
  let generatorLabel: Float

  package init(from fields: inout Fields) {
    let real = Float(fields.number("real_label", in: .any, default: 1, "the score that real samples should have"))
    let generated = Float(
      fields.number("generated_label", in: .any, default: 0, "the score that generated samples should have"))
    generatorLabel = Float(
      fields.number("generator_label", in: .any, default: 1, "the score that the generator wants for its samples"))
    labels = Labels(real: real, generated: generated, from: &fields)
    if real <= generated {
      fields.error(
        "real_label must lie above generated_label", at: "real_label", remedy: "use real_label: 1, generated_label: 0")
    }
  }

  /// The middle between both labels.
  package var threshold: Float? { (labels.real + labels.generated) / 2 }

  private func term(_ score: Tensor, _ label: Labels.Drawn) -> Tensor {
    let distance =
      switch label {
      case .all(let number): score - number
      case .each(let numbers): score - numbers
      }
    return 0.5 * distance.square().mean()
  }

  /// mean (r - b)^2 / 2.
  package func real(_ score: Tensor, beside generated: Tensor?, at site: inout LossSite) -> Tensor {
    let drawn = labels.drawn(forReal: true, count: score.shape[0], at: &site)
    return term(score, drawn)
  }

  /// mean (g - a)^2 / 2.
  package func generated(_ score: Tensor, beside real: Tensor?, at site: inout LossSite) -> Tensor? {
    let drawn = labels.drawn(forReal: false, count: score.shape[0], at: &site)
    return term(score, drawn)
  }

  /// mean (g - c)^2 / 2.
  package func generator(_ score: Tensor, beside real: Tensor, at site: inout LossSite) -> Tensor {
    term(score, .all(generatorLabel))
  }
}
