import Compute
import Specs

/// The relativistic average loss: real mean c(r - mean g), generated mean c(-(g - mean r)), generator mean c(g - mean r) +
/// mean c(-(r - mean g)), with c as in `relativistic` (Jolicoeur-Martineau, "The relativistic discriminator: a key element
/// missing from standard GAN", 2019).
package struct RelativisticAverage: Loss {
  package static let name = "relativistic_average"
  package static let summary =
    "real samples should score above the mean of generated ones, and these below theirs; costs as in relativistic"
  let cost: MarginCost

  package init(from fields: inout Fields) { cost = MarginCost(from: &fields) }

  /// A constant added to all scores changes nothing.
  package var foldsSigmoid: Bool { cost == .nonSaturating }
  /// Terms look at the other batch's mean.
  package var comparesBatches: Bool { true }

  /// mean c(sign (score - mean of the others)).
  private func mean(_ score: Tensor, beside others: Tensor?, sign: Float) -> Tensor {
    guard let others else { preconditionFailure("an average of nothing") }
    let difference = score - others.mean()
    return cost.values(sign * difference).mean()
  }

  /// mean c(r - mean g).
  package func real(_ score: Tensor, beside generated: Tensor?, at site: inout LossSite) -> Tensor {
    mean(score, beside: generated, sign: 1)
  }

  /// mean c(-(g - mean r)).
  package func generated(_ score: Tensor, beside real: Tensor?, at site: inout LossSite) -> Tensor? {
    mean(score, beside: real, sign: -1)
  }

  /// mean c(g - mean r) + mean c(-(r - mean g)).
  package func generator(_ score: Tensor, beside real: Tensor, at site: inout LossSite) -> Tensor {
    let own = mean(score, beside: real, sign: 1)
    return own + mean(real, beside: score, sign: -1)
  }
}
