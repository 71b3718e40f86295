import Compute
import Specs

/// The hyperbolic tangent, the usual last layer of a generator for data in [-1, 1].
package struct Tanh: Activation {
  package static let name = "tanh"
  package static let summary = "f(x) = tanh x"

  package init(from fields: inout Fields) {}
  package init() {}

  package func outputBounds(of input: ClosedRange<Float>?) -> ClosedRange<Float>? { -1...1 }

  package func apply(_ x: Tensor) -> Tensor {
    x.tanh()
  }
}
