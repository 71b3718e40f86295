import Compute
import Specs

/// y = gamma (x - mean) / sqrt(variance + epsilon) + beta, mean and variance over the places of each channel of each image
/// (Ulyanov et al., "Instance Normalization: The Missing Ingredient for Fast Stylization", 2016).
package struct InstanceNorm: Layer {
  package static let name = "instance_norm"
  package static let summary =
    "instance normalization: each channel of each image with mean 0 and variance 1, then scaled and shifted"
  package static let example = Example("instance_norm", input: [3, 2, 4])

  let normalization: Normalization

  package init(from fields: inout Fields) {
    normalization = Normalization(from: &fields)
  }

  /// A channel's mean is 0 afterwards, and one place is its own mean.
  package func caution(at place: LayerPlace) -> Caution? {
    if let next = place.next, next.reducesPlaces {
      return Caution(
        text:
          "each channel has the mean beta after instance_norm, so that \(type(of: next).name) makes the same values of "
          + "all samples", remedy: "put an activation such as - relu between them, or leave instance_norm out")
    }
    return Caution.normalizing(
      InstanceNorm.name, "the places of a channel", values: place.input.axes.dropLast().reduce(1, *))
  }

  package func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    _ = try ConvolutionFields.image(InstanceNorm.name, x)
    return normalization.finish(normalization.normalized(x, over: 1..<3), at: &site)
  }
}
