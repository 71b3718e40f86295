import Compute
import Specs

/// f(x) = x for x > 0, else alpha (e^x - 1) (Clevert et al., "Fast and Accurate Deep Network Learning by Exponential
/// Linear Units", 2016).
package struct Elu: Activation {
  package static let name = "elu"
  package static let summary = "f(x) = x for x > 0, else alpha * (e^x - 1)"
  package static let example = Example("elu: {alpha: 0.5}", input: [6])

  /// The negative limit, above 0.
  package let alpha: Float

  package init(from fields: inout Fields) {
    alpha = Float(
      fields.number("alpha", in: .above(0), default: 1, "alpha, of which -alpha is the limit at minus infinity"))
  }

  package func apply(_ x: Tensor) -> Tensor { x.elu(alpha: alpha) }
}
