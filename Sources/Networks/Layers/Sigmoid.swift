import Compute
import YAML

/// The logistic function f(x) = 1 / (1 + e^-x).
///
/// Where a discriminator ends with it, it is folded into losses that take logits.
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
  public func outputBounds(of input: ClosedRange<Float>?) -> ClosedRange<Float>? { 0...1 }

  /// It leaves its input to the loss.
  public var ending: Ending { .sigmoid(logits: Linear()) }

  /// Adds the function to the graph.
  public func apply(_ x: Tensor) -> Tensor {
    x.sigmoid()
  }
}
