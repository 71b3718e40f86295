import Compute
import Specs

/// f(x) = x P(X <= x) for a standard normal X: x (1 + erf(x / sqrt 2)) / 2, or with `approximate`
/// x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2 (Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016).
package struct Gelu: Activation {
  package static let name = "gelu"
  package static let summary = "f(x) = x * P(X <= x) for a standard normal X"

  /// Whether the formula with tanh is used.
  package let isApproximate: Bool

  package init(from fields: inout Fields) {
    isApproximate = fields.boolean("approximate", default: false, "use the formula with tanh")
  }

  package func apply(_ x: Tensor) -> Tensor {
    let odd =
      isApproximate
      ? (0.797_884_56 * (x + 0.044_715 * (x.square() * x))).tanh() : (0.707_106_77 * x).errorFunction()
    return x * (0.5 * (odd + 1))
  }
}
