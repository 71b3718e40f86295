import Compute
import Specs

/// Initializers whose variance is `scale / n` for a fan n (He et al., "Delving Deep into Rectifiers", 2015).
///
/// Uniform: `limit (2 u - 1)` with `limit = sqrt(3 scale / n)`, rounded to Float once, u uniform in (0, 1).
/// Normal: truncated at two standard deviations, with the standard deviation `sqrt(scale / n)` after truncation.
package protocol VarianceScaling: Initializer {
  /// The numerator of the variance.
  static var scale: Double { get }
  /// The denominator.
  static func fan(_ fans: Fans) -> Double
  /// Whether values are uniform rather than normal.
  static var isUniform: Bool { get }
}

extension VarianceScaling {
  package func values(at places: Range<Int>, fans: Fans, stream: String, _ random: Random) -> [Float] {
    let variance = Self.scale / max(Self.fan(fans), 1)
    if Self.isUniform {
      let limit = Float((3 * variance).squareRoot())
      return random.uniform(stream: stream, step: 0, places: places).map { (2 * $0 - 1) * limit }
    }
    // The standard deviation of a standard normal truncated to [-2, 2].
    let deviation = Float(variance.squareRoot() / 0.879_625_661_034_239_78)
    return TruncatedNormal.draw(places, stream: stream, random).map { $0 * deviation }
  }
}

/// Uniform in +- sqrt(6 / (fan in + fan out)) (Glorot and Bengio, "Understanding the Difficulty of Training Deep
/// Feedforward Neural Networks", 2010).
package struct GlorotUniform: VarianceScaling {
  package static let name = "glorot_uniform"
  package static let summary = "uniform with variance 2 / (fan in + fan out)"
  package static let alsoCalled = ["xavier", "xavier_uniform"]
  package static let scale = 1.0
  package static let isUniform = true
  package static func fan(_ fans: Fans) -> Double { Double(fans.in + fans.out) / 2 }
  package init(from fields: inout Fields) {}
}

/// Truncated normal with variance 2 / (fan in + fan out) (Glorot and Bengio, 2010).
package struct GlorotNormal: VarianceScaling {
  package static let name = "glorot_normal"
  package static let summary = "truncated normal with variance 2 / (fan in + fan out)"
  package static let scale = 1.0
  package static let isUniform = false
  package static func fan(_ fans: Fans) -> Double { Double(fans.in + fans.out) / 2 }
  package init(from fields: inout Fields) {}
}

/// Uniform in +- sqrt(6 / fan in) (He et al., 2015).
package struct HeUniform: VarianceScaling {
  package static let name = "he_uniform"
  package static let summary = "uniform with variance 2 / fan in"
  package static let alsoCalled = ["kaiming"]
  package static let scale = 2.0
  package static let isUniform = true
  package static func fan(_ fans: Fans) -> Double { Double(fans.in) }
  package init(from fields: inout Fields) {}
}

/// Truncated normal with variance 2 / fan in (He et al., 2015).
package struct HeNormal: VarianceScaling {
  package static let name = "he_normal"
  package static let summary = "truncated normal with variance 2 / fan in"
  package static let scale = 2.0
  package static let isUniform = false
  package static func fan(_ fans: Fans) -> Double { Double(fans.in) }
  package init(from fields: inout Fields) {}
}

/// Uniform in +- sqrt(3 / fan in) (LeCun et al., "Efficient BackProp", 1998).
package struct LecunUniform: VarianceScaling {
  package static let name = "lecun_uniform"
  package static let summary = "uniform with variance 1 / fan in"
  package static let scale = 1.0
  package static let isUniform = true
  package static func fan(_ fans: Fans) -> Double { Double(fans.in) }
  package init(from fields: inout Fields) {}
}

/// Truncated normal with variance 1 / fan in (LeCun et al., 1998).
package struct LecunNormal: VarianceScaling {
  package static let name = "lecun_normal"
  package static let summary = "truncated normal with variance 1 / fan in"
  package static let scale = 1.0
  package static let isUniform = false
  package static func fan(_ fans: Fans) -> Double { Double(fans.in) }
  package init(from fields: inout Fields) {}
}
