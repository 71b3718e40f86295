import Compute
import Specs

/// The smooth rectifier f(x) = ln(1 + e^x) (Dugas et al., "Incorporating Second-Order Functional Knowledge for Better
/// Option Pricing", 2000).
package struct Softplus: Activation {
  package static let name = "softplus"
  package static let summary = "f(x) = ln(1 + e^x)"

  package init(from fields: inout Fields) {}
  package init() {}

  package func outputBounds(of input: ClosedRange<Float>?) -> ClosedRange<Float>? { 0...Float.infinity }

  package func apply(_ x: Tensor) -> Tensor {
    x.softplus()
  }
}
