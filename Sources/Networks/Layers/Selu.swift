import Compute
import Specs

/// f(x) = s x for x > 0, else s a (e^x - 1), with s = 1.05070098 and a = 1.67326324, which keep mean 0 and variance 1
/// (Klambauer et al., "Self-Normalizing Neural Networks", 2017).
package struct Selu: Activation {
  package static let name = "selu"
  package static let summary = "f(x) = 1.0507 x for x > 0, else 1.0507 * 1.67326 (e^x - 1)"

  package init(from fields: inout Fields) {}
  package init() {}

  package func apply(_ x: Tensor) -> Tensor {
    1.050_701 * x.elu(alpha: 1.673_263_2)
  }
}
