import Compute
import YAML

/// f(x) = s x for x > 0, else s a (e^x - 1), with s = 1.05070098 and a = 1.67326324, which keep mean 0 and variance 1
/// (Klambauer et al., "Self-Normalizing Neural Networks", 2017).
public struct Selu: Activation {
  /// Its name in a spec.
  public static let name = "selu"
  /// What it computes.
  public static let summary = "f(x) = 1.0507 x for x > 0, else 1.0507 * 1.67326 (e^x - 1)"

  /// Reads its fields: none.
  public init(from fields: inout Fields) {}
  /// The function itself.
  public init() {}

  /// Adds the function to the graph.
  public func apply(_ x: Tensor) -> Tensor {
    1.050_701 * x.elu(alpha: 1.673_263_2)
  }
}
