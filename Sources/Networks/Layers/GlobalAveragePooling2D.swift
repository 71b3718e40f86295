import Compute
import Specs

/// The mean of each channel over all places of an image: [N, height, width, channels] -> [N, channels] (Lin et al., "Network In Network", 2014).
package struct GlobalAveragePooling2D: Layer {
  package static let name = "global_average_pooling2d"
  package static let summary = "global average pooling: the mean of each channel over all places"
  package static let example = Example("global_average_pooling2d", input: [3, 2, 4])

  package init(from fields: inout Fields) {}

  package func outputBounds(of input: ClosedRange<Float>?) -> ClosedRange<Float>? { input }
  /// To their mean.
  package var reducesPlaces: Bool { true }

  package func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    _ = try ConvolutionFields.image(GlobalAveragePooling2D.name, x)
    return x.mean(over: 1..<3)
  }
}
