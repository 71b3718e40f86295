import Compute
import YAML

/// Initializers whose variance is `scale / n` for a fan n (He et al., "Delving Deep into Rectifiers", 2015).
///
/// Uniform: `limit (2 u - 1)` with `limit = sqrt(3 scale / n)`, rounded to Float once, u uniform in (0, 1).
/// Normal: truncated at two standard deviations, with the standard deviation `sqrt(scale / n)` after truncation.
public protocol VarianceScaling: Initializer {
  /// The numerator of the variance.
  static var scale: Double { get }
  /// The denominator.
  static func fan(_ fans: Fans) -> Double
  /// Whether values are uniform rather than normal.
  static var isUniform: Bool { get }
}

extension VarianceScaling {
  /// The values.
  public func values(at places: Range<Int>, fans: Fans, stream: String, _ random: Random) -> [Float] {
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
public struct GlorotUniform: VarianceScaling {
  /// Its name in a spec.
  public static let name = "glorot_uniform"
  /// What it draws.
  public static let summary = "uniform with variance 2 / (fan in + fan out)"
  /// The numerator of the variance.
  public static let scale = 1.0
  /// Whether values are uniform.
  public static let isUniform = true
  /// The denominator of the variance.
  public static func fan(_ fans: Fans) -> Double { Double(fans.in + fans.out) / 2 }
  /// Reads its fields: none.
  public init(from fields: inout Fields) {}
}

/// Truncated normal with variance 2 / (fan in + fan out) (Glorot and Bengio, 2010).
public struct GlorotNormal: VarianceScaling {
  /// Its name in a spec.
  public static let name = "glorot_normal"
  /// What it draws.
  public static let summary = "truncated normal with variance 2 / (fan in + fan out)"
  /// The numerator of the variance.
  public static let scale = 1.0
  /// Whether values are uniform.
  public static let isUniform = false
  /// The denominator of the variance.
  public static func fan(_ fans: Fans) -> Double { Double(fans.in + fans.out) / 2 }
  /// Reads its fields: none.
  public init(from fields: inout Fields) {}
}

/// Uniform in +- sqrt(6 / fan in) (He et al., 2015).
public struct HeUniform: VarianceScaling {
  /// Its name in a spec.
  public static let name = "he_uniform"
  /// What it draws.
  public static let summary = "uniform with variance 2 / fan in"
  /// The numerator of the variance.
  public static let scale = 2.0
  /// Whether values are uniform.
  public static let isUniform = true
  /// The denominator of the variance.
  public static func fan(_ fans: Fans) -> Double { Double(fans.in) }
  /// Reads its fields: none.
  public init(from fields: inout Fields) {}
}

/// Truncated normal with variance 2 / fan in (He et al., 2015).
public struct HeNormal: VarianceScaling {
  /// Its name in a spec.
  public static let name = "he_normal"
  /// What it draws.
  public static let summary = "truncated normal with variance 2 / fan in"
  /// The numerator of the variance.
  public static let scale = 2.0
  /// Whether values are uniform.
  public static let isUniform = false
  /// The denominator of the variance.
  public static func fan(_ fans: Fans) -> Double { Double(fans.in) }
  /// Reads its fields: none.
  public init(from fields: inout Fields) {}
}

/// Uniform in +- sqrt(3 / fan in) (LeCun et al., "Efficient BackProp", 1998).
public struct LecunUniform: VarianceScaling {
  /// Its name in a spec.
  public static let name = "lecun_uniform"
  /// What it draws.
  public static let summary = "uniform with variance 1 / fan in"
  /// The numerator of the variance.
  public static let scale = 1.0
  /// Whether values are uniform.
  public static let isUniform = true
  /// The denominator of the variance.
  public static func fan(_ fans: Fans) -> Double { Double(fans.in) }
  /// Reads its fields: none.
  public init(from fields: inout Fields) {}
}

/// Truncated normal with variance 1 / fan in (LeCun et al., 1998).
public struct LecunNormal: VarianceScaling {
  /// Its name in a spec.
  public static let name = "lecun_normal"
  /// What it draws.
  public static let summary = "truncated normal with variance 1 / fan in"
  /// The numerator of the variance.
  public static let scale = 1.0
  /// Whether values are uniform.
  public static let isUniform = false
  /// The denominator of the variance.
  public static func fan(_ fans: Fans) -> Double { Double(fans.in) }
  /// Reads its fields: none.
  public init(from fields: inout Fields) {}
}
