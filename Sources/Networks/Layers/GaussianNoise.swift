import Compute
import Specs

/// y = x + s z with z ~ N(0, 1), in training only: noise on what the discriminator sees, in one name instance noise
/// (Sønderby et al., "Amortised MAP Inference for Image Super-resolution", 2017).
///
/// s is `stddev`, or with `decay_steps` stddev max(0, 1 - t / decay_steps) in training step t. z comes from the stream
/// `gaussian_noise/PATH/PASS`.
package struct GaussianNoise: Layer {
  package static let name = "gaussian_noise"
  package static let summary = "additive Gaussian noise in training; with decay_steps it fades (instance noise)"
  package static let alsoCalled = ["instance_noise"]
  package static let example = Example("gaussian_noise: {stddev: 0.5, decay_steps: 10}", input: [6])

  /// The standard deviation of the noise, at least 0; with `decaySteps` that of step 0.
  package let deviation: Float
  /// The training step from which there is no noise; nil where it stays.
  package let decaySteps: Int?

  package init(from fields: inout Fields) {
    deviation = Float(fields.number(.stddev, in: .atLeast(0), "the standard deviation of the noise"))
    decaySteps = fields.optionalInteger(
      "decay_steps", in: 1...1_000_000_000, "the training step at which the noise has fallen to 0; by default it stays")
  }

  package func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    guard deviation > 0, case .training = site.mode else { return x }
    let normal = site.graph.normal(x.shape, stream: site.stream("gaussian_noise"))
    guard let decaySteps else { return x + deviation * normal }
    let now = site.graph.ramp(from: deviation, until: decaySteps)
    return x + normal * now
  }
}
