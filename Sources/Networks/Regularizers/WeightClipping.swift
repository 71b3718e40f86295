import Compute
import YAML

/// Every trainable value of the discriminator within +- `limit` after each of its updates (Arjovsky et al., "Wasserstein
/// Generative Adversarial Networks", 2017).
public struct WeightClipping: Regularizer {
  /// Its name in a spec.
  public static let name = "weight_clipping"
  /// What it does.
  public static let summary = "clips every parameter of the discriminator to [-limit, limit] after each of its updates"
  /// No term.
  public var networks: RegularizedNetworks { [] }
  /// Small weights make small slopes.
  public var boundsSlope: Bool { true }
  /// After each update.
  public var constrains: Bool { true }
  let limit: Float

  /// Reads its fields.
  public init(from fields: inout Fields) {
    limit = Float(fields.number("limit", in: .above(0), default: 0.01, "the largest magnitude of a value"))
  }

  /// The parameter cut to the limit.
  public func constrained(_ parameter: Tensor) -> Tensor? { parameter.clipped(to: limit) }
}
