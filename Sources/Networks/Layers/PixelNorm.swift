import Compute
import Specs

/// y = x / sqrt(mean of x^2 + epsilon), the mean over the features (the last axis) of each place of each sample (Karras et al.,
/// "Progressive Growing of GANs", 2018).
package struct PixelNorm: Layer {
  package static let name = "pixel_norm"
  package static let summary = "pixel normalization: the features of each place divided by their root mean square"
  package static let example = Example("pixel_norm", input: [2, 3, 4])

  /// Added to the mean square, above 0.
  package let epsilon: Float

  package init(from fields: inout Fields) {
    epsilon = Float(fields.number(.epsilon, in: .above(0), default: 1e-8, "added to the mean square"))
  }

  package func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    let rank = x.shape.rank
    let square = Normalization.mean(x.square(), over: (rank - 1)..<rank)
    return x / (square + epsilon).squareRoot()
  }
}
