import Compute
import Specs

/// Points around modes that lie evenly on a circle around the origin.
///
/// Mode `k` is at the angle `2 pi k / modes`, so that all modes are distinct. The defaults are those of Z. Lin,
/// A. Khetan, G. Fanti, S. Oh, "PacGAN: The power of two samples in generative adversarial networks", 2018.
///
/// ```yaml
/// dataset: gaussian_ring
/// dataset: {gaussian_ring: {modes: 8, radius: 1, stddev: 0.01, samples: 100000}}
/// ```
package struct GaussianRing: GaussianMixture {
  package static let name = "gaussian_ring"
  package static let summary = "points in the plane around modes on a circle"

  /// The number of modes.
  package let modes: Int
  /// The distance of the modes from the origin.
  package let radius: Double
  package let stddev: Double
  package let samples: Int

  package init(from fields: inout Fields) {
    modes = fields.integer(FieldName("modes", example: "8"), in: 1...10_000, default: 8, "the number of modes")
    radius = fields.number(
      FieldName("radius", example: "1.0"), in: .openClosed(0, 1e6), default: 1,
      "the distance of the modes from the origin")
    stddev = fields.number(.stddev, in: .openClosed(0, 1e6), default: 0.01, "the standard deviation around a mode")
    samples = fields.integer("samples", in: 1...10_000_000, default: 100_000, "the number of points")
  }

  package var centres: [SIMD2<Float>] {
    (0..<modes).map { mode in
      let angle = 2 * Double.pi * Double(mode) / Double(modes)
      return SIMD2(
        Float(radius * CorrectlyRounded.cosine(angle)), Float(radius * CorrectlyRounded.sine(angle)))
    }
  }
}
