import Compute
import YAML

/// The mean of each channel over all places of an image: [N, height, width, channels] -> [N, channels] (Lin et al., "Network In Network", 2014).
public struct GlobalAveragePooling2D: Layer {
  /// Its name in a spec.
  public static let name = "global_average_pooling2d"
  /// What it computes.
  public static let summary = "the mean of each channel over all places of an image"
  /// A list entry that builds.
  public static let example = Example("global_average_pooling2d", input: [3, 2, 4])

  /// Reads its fields: none.
  public init(from fields: inout Fields) {}

  /// Those of the input.
  public func outputBounds(of input: ClosedRange<Float>?) -> ClosedRange<Float>? { input }
  /// To their mean.
  public var reducesPlaces: Bool { true }

  /// Adds the mean.
  public func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    _ = try ConvolutionFields.image(GlobalAveragePooling2D.name, x)
    return x.mean(over: 1..<3)
  }
}
