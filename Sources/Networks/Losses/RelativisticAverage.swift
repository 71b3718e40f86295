import Compute
import YAML

/// The relativistic average loss: real mean c(r - mean g), generated mean c(-(g - mean r)), generator mean c(g - mean r) +
/// mean c(-(r - mean g)), with c as in `relativistic` (Jolicoeur-Martineau, "The relativistic discriminator: a key element
/// missing from standard GAN", 2019).
public struct RelativisticAverage: Loss {
  /// Its name in a spec.
  public static let name = "relativistic_average"
  /// What it is.
  public static let summary =
    "real samples should score above the mean of generated ones, and these below theirs; costs as in relativistic"
  let cost: MarginCost

  /// Reads its fields.
  public init(from fields: inout Fields) { cost = MarginCost(from: &fields) }

  /// A constant added to all scores changes nothing.
  public var foldsSigmoid: Bool { cost == .nonSaturating }
  /// Terms look at the other batch's mean.
  public var comparesBatches: Bool { true }
  /// So does the generator's.
  public var comparesBatchesForGenerator: Bool { true }

  /// mean c(sign (score - mean of the others)).
  private func mean(_ score: Tensor, beside others: Tensor?, sign: Float) -> Tensor {
    guard let others else { preconditionFailure("an average of nothing") }
    let difference = score - others.mean()
    return cost.values(sign * difference).mean()
  }

  /// mean c(r - mean g).
  public func real(_ score: Tensor, beside generated: Tensor?, at site: inout LossSite) -> Tensor {
    mean(score, beside: generated, sign: 1)
  }

  /// mean c(-(g - mean r)).
  public func generated(_ score: Tensor, beside real: Tensor?, at site: inout LossSite) -> Tensor? {
    mean(score, beside: real, sign: -1)
  }

  /// mean c(g - mean r) + mean c(-(r - mean g)).
  public func generator(_ score: Tensor, beside real: Tensor?, at site: inout LossSite) -> Tensor {
    guard let real else { preconditionFailure("an average of nothing") }
    let own = mean(score, beside: real, sign: 1)
    return own + mean(real, beside: score, sign: -1)
  }
}
