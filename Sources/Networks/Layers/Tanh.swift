import Compute
import YAML

/// The hyperbolic tangent, the usual last layer of a generator for data in [-1, 1].
public struct Tanh: Activation {
  /// Its name in a spec.
  public static let name = "tanh"
  /// What it computes.
  public static let summary = "f(x) = tanh x"

  /// Reads its fields: none.
  public init(from fields: inout Fields) {}
  /// The function itself.
  public init() {}

  /// Where its values lie.
  public func outputBounds(of input: ClosedRange<Float>?) -> ClosedRange<Float>? { -1...1 }

  /// Adds the function to the graph.
  public func apply(_ x: Tensor) -> Tensor {
    x.tanh()
  }
}
