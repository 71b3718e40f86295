import Compute
import YAML

/// y = gamma (x - mean) / sqrt(variance + epsilon) + beta, mean and variance over the places of each channel of each image
/// (Ulyanov et al., "Instance Normalization: The Missing Ingredient for Fast Stylization", 2016).
public struct InstanceNorm: Layer {
  /// Its name in a spec.
  public static let name = "instance_norm"
  /// What it computes.
  public static let summary = "each channel of each image with mean 0 and variance 1, then scaled and shifted"
  /// A list entry that builds.
  public static let example = Example("instance_norm", input: [3, 2, 4])

  let normalization: Normalization

  /// Reads its fields.
  public init(from fields: inout Fields) {
    normalization = Normalization(from: &fields)
  }

  /// Adds the normalization.
  public func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    _ = try ConvolutionFields.image(InstanceNorm.name, site, x)
    return normalization.finish(normalization.normalized(x, over: 1..<3, in: &site.graph), at: &site)
  }
}
