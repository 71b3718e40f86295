import Compute
import Networks
import Specs

/// weight mean r^2, which keeps the scores of a critic near 0 (Karras et al., "Progressive Growing of GANs", 2018).
package struct Drift: Regularizer {
  package static let name = "drift"
  package static let summary = "weight times the mean squared score of real samples"
  package let every: Int
  let weight: Float

  package init(from fields: inout Fields) {
    weight = Float(fields.number("weight", in: .above(0), default: 1e-3, "the weight of the term"))
    every = Drift.every(from: &fields)
  }

  package var networks: RegularizedNetworks { .discriminator }

  package func discriminatorTerm(at site: RegularizerSite) -> Tensor {
    weight * site.real.scores.square().mean()
  }
}
