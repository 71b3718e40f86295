import Compute
import Specs

/// The relativistic loss: the discriminator minimises mean c(r - g) over pairs of a real and a generated sample, the generator
/// mean c(g - r), with c(x) = softplus(-x), (x - 1)^2 or max(0, 1 - x) for a `cost` of non_saturating, least_squares or hinge
/// (Jolicoeur-Martineau, "The relativistic discriminator: a key element missing from standard GAN", 2019).
package struct Relativistic: Loss {
  package static let name = "relativistic"
  package static let summary =
    "real samples should score above the generated ones they are paired with; of least_squares (x - 1)^2, without a half"
  let cost: MarginCost

  package init(from fields: inout Fields) { cost = MarginCost(from: &fields) }

  /// A constant added to all scores changes nothing.
  package var foldsSigmoid: Bool { cost == .nonSaturating }
  /// Terms are of pairs.
  package var comparesBatches: Bool { true }

  /// mean c(above - below).
  private func mean(_ above: Tensor, over below: Tensor?) -> Tensor {
    guard let below else { preconditionFailure("a pair of one") }
    return cost.values(above - below).mean()
  }

  /// mean c(r - g).
  package func real(_ score: Tensor, beside generated: Tensor?, at site: inout LossSite) -> Tensor {
    mean(score, over: generated)
  }

  /// Counted with the real samples.
  package func generated(_ score: Tensor, beside real: Tensor?, at site: inout LossSite) -> Tensor? { nil }

  /// mean c(g - r).
  package func generator(_ score: Tensor, beside real: Tensor, at site: inout LossSite) -> Tensor {
    mean(score, over: real)
  }
}

extension MarginCost {
  /// Reads `cost`.
  init(from fields: inout Fields) {
    // Readers of YAML 1.1 take a key `on` for `true`.
    fields.renamed("on", to: "cost")
    self = fields.choice("cost", default: .nonSaturating, "the cost of the difference of scores")
  }
}
