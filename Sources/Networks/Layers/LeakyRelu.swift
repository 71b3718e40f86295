import Compute
import Specs

/// f(x) = x for x > 0, else a x, with a = `negative_slope` (Maas et al., "Rectifier Nonlinearities Improve Neural
/// Network Acoustic Models", 2013).
package struct LeakyRelu: Activation {
  package static let name = "leaky_relu"
  package static let summary =
    "f(x) = x for x > 0, else negative_slope * x (by default 0.3, as Keras's layer; its activation has 0.2)"
  package static let alsoCalled = ["lrelu"]
  package static let example = Example("leaky_relu: {negative_slope: 0.2}", input: [6])

  /// The factor of negative values, at least 0.
  package let negativeSlope: Float

  package init(from fields: inout Fields) {
    negativeSlope = Float(
      fields.number(
        FieldName("negative_slope", alsoCalled: ["alpha", "slope", "leak"], example: "0.2"), in: .closed(0, 1),
        default: 0.3, "the factor of negative values"))
  }

  package func apply(_ x: Tensor) -> Tensor { x.leakyRelu(slope: negativeSlope) }
}
