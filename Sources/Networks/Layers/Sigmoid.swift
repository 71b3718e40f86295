import Compute
import Specs

/// The logistic function f(x) = 1 / (1 + e^-x).
///
/// Where a discriminator ends with it, it is folded into losses that take logits.
package struct Sigmoid: Activation {
  package static let name = "sigmoid"
  package static let summary = "f(x) = 1 / (1 + e^-x)"

  package init(from fields: inout Fields) {}
  package init() {}

  package func outputBounds(of input: ClosedRange<Float>?) -> ClosedRange<Float>? { 0...1 }

  /// It leaves its input to the loss.
  package var ending: Ending { .sigmoid(logits: Linear()) }

  package func apply(_ x: Tensor) -> Tensor {
    x.sigmoid()
  }
}
