import Compute
import YAML

/// The identity, f(x) = x.
public struct Linear: Activation {
  /// Its name in a spec.
  public static let name = "linear"
  /// What it computes.
  public static let summary = "f(x) = x"

  /// Reads its fields: none.
  public init(from fields: inout Fields) {}
  /// The function itself.
  public init() {}

  /// Those of the input.
  public func outputBounds(of input: ClosedRange<Float>?) -> ClosedRange<Float>? { input }
  /// The input's values.
  public var ending: Ending { .input }

  /// Adds the function to the graph.
  public func apply(_ x: Tensor) -> Tensor {
    x
  }
}
