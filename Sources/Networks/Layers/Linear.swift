import Compute
import Specs

/// The identity, f(x) = x.
package struct Linear: Activation {
  package static let name = "linear"
  package static let summary = "f(x) = x"
  package static let alsoCalled = ["none", "identity"]

  package init(from fields: inout Fields) {}
  package init() {}

  package func outputBounds(of input: ClosedRange<Float>?) -> ClosedRange<Float>? { input }
  package var ending: Ending { .input }

  package func apply(_ x: Tensor) -> Tensor {
    x
  }
}
