import Compute
import Specs

/// The generator's term weight |mean f(x) - mean f(G(z))|^2, f what a layer of the discriminator makes, the means over the
/// discriminator's last real batch and the generated one (Salimans et al., "Improved Techniques for Training GANs", 2016).
package struct FeatureMatching: Regularizer {
  package static let name = "feature_matching"
  package static let summary =
    "feature matching: the squared distance of the mean features of real and generated samples in a layer"
  package var networks: RegularizedNetworks { .generator }
  let weight: Float
  let layer: Int

  package init(from fields: inout Fields) {
    weight = Float(
      fields.number(.weight, in: .above(0), default: 1, "the weight of the squared distance of the mean features"))
    layer = fields.integer(
      "layer", in: -200...199, default: -2,
      "the number of the discriminator's layer from 0, or from the end with -1 the last")
  }

  /// The layer's number from 0; nil where there is none.
  private func number(in discriminator: Network) -> Int? {
    let count = discriminator.rows.count
    let number = layer < 0 ? count + layer : layer
    return (0..<count).contains(number) ? number : nil
  }

  /// The discriminator must have the layer.
  package func misfit(with discriminator: Network) -> Misfit? {
    guard number(in: discriminator) == nil else { return nil }
    let count = discriminator.rows.count
    return Misfit(
      "the discriminator has no layer \(layer): it has \(count)",
      remedy: "use a layer between \(-count) and \(count - 1)")
  }

  /// The squared distance of the mean features.
  package func generatorTerm(at site: RegularizerSite) -> Tensor {
    let layer = number(in: site.critic.network) ?? 0
    func mean(_ batch: RegularizerSite.Batch) -> Tensor {
      site.features(of: batch, layer: layer).mean(over: 0..<1)
    }
    let difference = mean(site.real) - mean(site.generated)
    return weight * difference.sumOfSquares()
  }
}
