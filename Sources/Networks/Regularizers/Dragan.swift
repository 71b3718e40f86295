import Compute
import YAML

/// weight mean (|grad D(x)| - center)^2 near the real samples: x = real + a noise std u, with std the (biased) standard
/// deviation of all values of the batch, u uniform for each value and a for each sample (Kodali et al., "On Convergence and
/// Stability of GANs", 2017).
///
/// Streams: u from `dragan/noise/I`, a from `dragan/mix/I` in turn I; its pass is named `dragan/I`.
public struct Dragan: Regularizer {
  /// Its name in a spec.
  public static let name = "dragan"
  /// What it does.
  public static let summary = "gradient penalty near the data: mean (|grad D| - center)^2 at real samples with noise"
  /// The discriminator.
  public var networks: RegularizedNetworks { .discriminator }
  /// The slope is what it penalizes.
  public var boundsSlope: Bool { true }
  /// The interval of lazy regularization.
  public let every: Int
  let norm: GradientNorm
  let noise: Float

  /// Reads its fields.
  public init(from fields: inout Fields) {
    norm = GradientNorm(from: &fields)
    noise = Float(
      fields.number("noise", in: .above(0), default: 0.5, "how far from the samples, in their standard deviations"))
    every = Self.every(from: &fields)
  }

  /// The penalty around the real batch.
  public func discriminatorTerm(at site: RegularizerSite) -> Tensor {
    let real = site.real.samples
    let deviation = (real - real.mean()).square().mean().squareRoot()
    let u = site.graph.uniform(real.shape, stream: "dragan/noise/\(site.turn)")
    let away = noise * (u * deviation)
    let a = site.uniform(perSampleOf: real, stream: "dragan/mix")
    return norm.penalty(at: real + away * a, pass: Dragan.name, site)
  }
}
