import Compute
import YAML

/// The logistic function f(x) = 1 / (1 + e^-x).
///
/// As the last layer of a discriminator it is folded into the loss.
public struct Sigmoid: Activation {
  /// Its name in a spec.
  public static let name = "sigmoid"
  /// What it computes.
  public static let summary = "f(x) = 1 / (1 + e^-x)"

  /// Reads its fields: none.
  public init(from fields: inout Fields) {}
  /// The function itself.
  public init() {}

  /// Where its values lie.
  public var outputBounds: ClosedRange<Float>? { 0...1 }

  /// Adds the function to the graph.
  public func apply(_ x: Tensor, in graph: inout Graph) -> Tensor {
    graph.sigmoid(x)
  }
}
