import Compute
import Specs

/// weight |theta - m|^2 over all trainable values of a network, m the mean of theta before the steps so far, this one's included:
/// m_s = m_{s-1} + (theta_s - m_{s-1}) / s (Salimans et al., "Improved Techniques for Training GANs", 2016).
package struct HistoricalAveraging: Regularizer {
  package static let name = "historical_averaging"
  package static let summary =
    "historical averaging: the squared distance of parameters from the mean of their past values"
  package let networks: RegularizedNetworks
  package var mirrored: RegularizedNetworks { networks }
  let weight: Float

  package init(from fields: inout Fields) {
    weight = Float(
      fields.number(.weight, in: .above(0), default: 0.01, "the weight of the squared distance to the mean"))
    networks = RegularizedNetworks(from: &fields, default: .both)
  }

  private func term(at site: RegularizerSite) -> Tensor {
    var sum = site.graph.constant(0)
    for parameter in site.network.parameters {
      let value = site.graph.read(parameter.variable)
      let mean = site.variable(parameter.variable.name)
      if site.isFirstTurn {
        let old = site.graph.read(mean).stopGradient()
        site.graph.assign(mean, old + (value - old) / site.graph.stepNumber())
      }
      let held = site.graph.read(mean).stopGradient()
      sum = (value - held).sumOfSquares() + sum
    }
    return weight * sum
  }

  package func discriminatorTerm(at site: RegularizerSite) -> Tensor { term(at: site) }
  package func generatorTerm(at site: RegularizerSite) -> Tensor { term(at: site) }
}
