import Specs

/// Points around modes that lie on a square grid with the origin in its middle.
///
/// With the defaults the modes are {-4, -2, 0, 2, 4} x {-4, -2, 0, 2, 4}, as in Z. Lin, A. Khetan, G. Fanti, S. Oh,
/// "PacGAN: The power of two samples in generative adversarial networks", 2018. Mode `k` is in the column
/// `k mod side` from the left and in the row `k / side` from below.
///
/// ```yaml
/// dataset: gaussian_grid
/// dataset: {gaussian_grid: {side: 5, spacing: 2, stddev: 0.05, samples: 100000}}
/// ```
package struct GaussianGrid: GaussianMixture {
  package static let name = "gaussian_grid"
  package static let summary = "points in the plane around modes on a square grid"

  /// The number of modes along each side.
  package let side: Int
  /// The distance between neighbouring modes.
  package let spacing: Double
  package let stddev: Double
  package let samples: Int

  package init(from fields: inout Fields) {
    side = fields.integer("side", in: 1...100, default: 5, "the number of modes along each side")
    spacing = fields.number("spacing", in: .openClosed(0, 1e6), default: 2, "the distance between neighbouring modes")
    stddev = fields.number(.stddev, in: .openClosed(0, 1e6), default: 0.05, "the standard deviation around a mode")
    samples = fields.integer("samples", in: 1...10_000_000, default: 100_000, "the number of points")
  }

  package var centres: [SIMD2<Float>] {
    let places = (0..<side).map { Float(spacing * (Double($0) - Double(side - 1) / 2)) }
    return places.flatMap { y in places.map { x in SIMD2(x, y) } }
  }
}
