import Compute
import YAML

/// The rectifier f(x) = max(x, 0) (Nair and Hinton, "Rectified Linear Units Improve Restricted Boltzmann Machines",
/// 2010).
public struct Relu: Activation {
  /// Its name in a spec.
  public static let name = "relu"
  /// What it computes.
  public static let summary = "f(x) = max(x, 0)"

  /// Reads its fields: none.
  public init(from fields: inout Fields) {}
  /// The function itself.
  public init() {}

  /// Where its values lie.
  public func outputBounds(of input: ClosedRange<Float>?) -> ClosedRange<Float>? { 0...Float.infinity }

  /// Adds the function to the graph.
  public func apply(_ x: Tensor) -> Tensor {
    x.relu()
  }
}
