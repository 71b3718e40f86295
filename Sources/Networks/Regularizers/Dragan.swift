import Compute
import Specs

/// weight mean (|grad D(x)| - center)^2 near the real samples: x = real + a noise std u, with std the (biased) standard
/// deviation of all values of the batch, u uniform for each value and a for each sample (Kodali et al., "On Convergence and
/// Stability of GANs", 2017).
///
/// Streams: u from `dragan/noise/I`, a from `dragan/mix/I` in turn I; its pass is named `dragan/I`.
package struct Dragan: Regularizer {
  package static let name = "dragan"
  package static let summary = "gradient penalty near the data: mean (|grad D| - center)^2 at real samples with noise"
  package var networks: RegularizedNetworks { .discriminator }
  /// The slope is what it penalizes.
  package var boundsSlope: Bool { true }
  package let every: Int
  let norm: GradientNorm
  let noise: Float

  package init(from fields: inout Fields) {
    norm = GradientNorm(from: &fields)
    noise = Float(
      fields.number("noise", in: .above(0), default: 0.5, "how far from the samples, in their standard deviations"))
    every = Self.every(from: &fields)
  }

  package func discriminatorTerm(at site: RegularizerSite) -> Tensor {
    let real = site.real.samples
    let deviation = (real - real.mean()).square().mean().squareRoot()
    let u = site.graph.uniform(real.shape, stream: "dragan/noise/\(site.turn)")
    let away = noise * (u * deviation)
    let a = site.uniform(perSampleOf: real, stream: "dragan/mix")
    return norm.penalty(at: real + away * a, pass: Dragan.name, site)
  }
}
