import Compute
import Specs

/// weight mean (|grad D(x)| - center)^2 at points x = a real + (1 - a) generated with a uniform per sample; one-sided only
/// where the norm is larger (Gulrajani et al., "Improved Training of Wasserstein GANs", 2017; one-sided: Petzka et al.,
/// "On the regularization of Wasserstein GANs", 2018).
///
/// |v| is sqrt(sum v^2 + 1e-12), which has a gradient everywhere. Streams: a from `gradient_penalty/mix/I` in turn I; its pass is named `gradient_penalty/I`.
package struct GradientPenalty: Regularizer {
  package static let name = "gradient_penalty"
  package static let summary =
    "gradient penalty: mean (|grad D| - center)^2 at random points between real and generated samples"
  package static let alsoCalled = ["gp", "wgan_gp"]
  package var networks: RegularizedNetworks { .discriminator }
  /// The slope is what it penalizes.
  package var boundsSlope: Bool { true }
  package let every: Int
  let norm: GradientNorm

  package init(from fields: inout Fields) {
    norm = GradientNorm(from: &fields)
    every = Self.every(from: &fields)
  }

  package func discriminatorTerm(at site: RegularizerSite) -> Tensor {
    let (real, generated) = (site.real.samples, site.generated.samples)
    let a = site.uniform(perSampleOf: real, stream: "gradient_penalty/mix")
    return norm.penalty(at: real * a + generated * (1 - a), pass: GradientPenalty.name, site)
  }
}

/// A penalty on the norm of the score's gradient.
struct GradientNorm: Sendable {
  let weight: Float
  let center: Float
  let isOneSided: Bool

  /// Reads `weight`, `center` and `one_sided`.
  init(from fields: inout Fields) {
    weight = Float(
      fields.number(.weight, in: .above(0), default: 10, "the weight of the mean of (|grad D| - center)^2"))
    center = Float(fields.number("center", in: .atLeast(0), default: 1, "the norm that a gradient should have"))
    isOneSided = fields.boolean("one_sided", default: false, "penalize only norms above center")
  }

  /// weight mean (|grad D(x)| - center)^2.
  func penalty(at x: Tensor, pass: String, _ site: RegularizerSite) -> Tensor {
    let slopes = site.slopes(at: x, classesOf: site.real, pass: pass)
    let excess = (slopes.squaredNorms() + 1e-12).squareRoot() - center
    return weight * (isOneSided ? excess.relu() : excess).square().mean()
  }
}
