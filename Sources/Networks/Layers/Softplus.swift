import Compute
import YAML

/// The smooth rectifier f(x) = ln(1 + e^x) (Dugas et al., "Incorporating Second-Order Functional Knowledge for Better
/// Option Pricing", 2000).
public struct Softplus: Activation {
  /// Its name in a spec.
  public static let name = "softplus"
  /// What it computes.
  public static let summary = "f(x) = ln(1 + e^x)"

  /// Reads its fields: none.
  public init(from fields: inout Fields) {}
  /// The function itself.
  public init() {}

  /// Where its values lie.
  public func outputBounds(of input: ClosedRange<Float>?) -> ClosedRange<Float>? { 0...Float.infinity }

  /// Adds the function to the graph.
  public func apply(_ x: Tensor) -> Tensor {
    x.softplus()
  }
}
