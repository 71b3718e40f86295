import Compute
import Specs

/// Every trainable value of the discriminator within +- `limit` after each of its updates (Arjovsky et al., "Wasserstein
/// Generative Adversarial Networks", 2017).
package struct WeightClipping: Regularizer {
  package static let name = "weight_clipping"
  package static let summary = "clips every parameter of the discriminator to [-limit, limit] after each of its updates"
  package var networks: RegularizedNetworks { [] }
  /// Small weights make small slopes.
  package var boundsSlope: Bool { true }
  package var constrains: RegularizedNetworks { .discriminator }
  let limit: Float

  package init(from fields: inout Fields) {
    limit = Float(fields.number("limit", in: .above(0), default: 0.01, "the largest magnitude of a value"))
  }

  package func constrained(_ parameter: Tensor, _ role: ParameterRole) -> Tensor? {
    parameter.clipped(to: limit)
  }
}
