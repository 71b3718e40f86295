import Compute
import Specs

/// The sum of each channel over all places of an image: [N, height, width, channels] -> [N, channels] (Miyato et al., "Spectral Normalization for Generative Adversarial Networks", 2018).
package struct GlobalSumPooling2D: Layer {
  package static let name = "global_sum_pooling2d"
  package static let summary = "global sum pooling: the sum of each channel over all places"
  package static let example = Example("global_sum_pooling2d", input: [3, 2, 4])

  package init(from fields: inout Fields) {}

  /// Beyond 0 on the side where the input's lie.
  package func outputBounds(of input: ClosedRange<Float>?) -> ClosedRange<Float>? {
    guard let input else { return nil }
    return input.lowerBound >= 0 ? 0...Float.infinity : input.upperBound <= 0 ? -Float.infinity...0 : nil
  }
  /// To their sum.
  package var reducesPlaces: Bool { true }

  package func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    _ = try ConvolutionFields.image(GlobalSumPooling2D.name, x)
    return x.sum(over: 1..<3)
  }
}
