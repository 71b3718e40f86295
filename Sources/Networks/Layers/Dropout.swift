import Compute
import Specs

/// In training each value is set to 0 with probability `rate`, the others are divided by 1 - `rate`; at inference
/// nothing changes (Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting", 2014).
///
/// The mask of a step comes from the stream `dropout/PATH/PASS`.
package struct Dropout: Layer {
  package static let name = "dropout"
  package static let summary =
    "inverted dropout: in training each value is 0 with probability rate, else scaled by 1 / (1 - rate)"
  package static let example = Example("dropout: {rate: 0.4}", input: [6])

  /// The probability that a value is dropped, at least 0 and below 1.
  package let rate: Double

  package init(from fields: inout Fields) {
    rate = fields.number(
      FieldName("rate", alsoCalled: ["p", "prob", "probability", "dropout"], example: "0.3"), in: .halfOpen(0, 1),
      "the share of values set to 0")
  }

  /// Those of the input, with 0 and over 1 - rate.
  package func outputBounds(of input: ClosedRange<Float>?) -> ClosedRange<Float>? {
    guard let input else { return nil }
    let kept = Float(1 - rate)
    return min(input.lowerBound, 0) / kept...max(input.upperBound, 0) / kept
  }

  /// Multiplies by the step's mask in training.
  package func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    guard rate > 0, case .training = site.mode else { return x }
    let mask = site.graph.mask(x.shape, rate: rate, stream: site.stream("dropout"))
    return x * mask
  }
}
