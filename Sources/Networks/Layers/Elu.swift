import Compute
import YAML

/// f(x) = x for x > 0, else alpha (e^x - 1) (Clevert et al., "Fast and Accurate Deep Network Learning by Exponential
/// Linear Units", 2016).
public struct Elu: Activation {
  /// Its name in a spec.
  public static let name = "elu"
  /// What it computes.
  public static let summary = "f(x) = x for x > 0, else alpha * (e^x - 1)"
  /// A list entry that builds.
  public static let example = Example("elu: {alpha: 0.5}", input: [6])

  /// The negative limit, above 0.
  public let alpha: Float

  /// Reads its fields.
  public init(from fields: inout Fields) {
    alpha = Float(fields.number("alpha", in: .above(0), default: 1, "the negative of the limit at minus infinity"))
  }

  /// Adds the function to the graph.
  public func apply(_ x: Tensor) -> Tensor { x.elu(alpha: alpha) }
}
