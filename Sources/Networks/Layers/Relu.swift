import Compute
import Specs

/// The rectifier f(x) = max(x, 0) (Nair and Hinton, "Rectified Linear Units Improve Restricted Boltzmann Machines",
/// 2010).
package struct Relu: Activation {
  package static let name = "relu"
  package static let summary = "f(x) = max(x, 0)"

  package init(from fields: inout Fields) {}
  package init() {}

  package func outputBounds(of input: ClosedRange<Float>?) -> ClosedRange<Float>? { 0...Float.infinity }

  package func apply(_ x: Tensor) -> Tensor {
    x.relu()
  }
}
