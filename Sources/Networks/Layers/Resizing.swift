import Compute
import Specs

/// Image resampling to a size: [N, H, W, C] -> [N, height, width, C], by bilinear interpolation or the nearest place.
///
/// Place a of `height` lies at (a + 1/2) H / height - 1/2 of the input, whose border goes on beyond it, as in Keras;
/// columns likewise. With `half_pixel_centers: false` it lies at a H / height, as in TensorFlow 1, whose Inception
/// networks saw images resized so (Parmar et al., "On Aliased Resizing and Surprising Subtleties in GAN Evaluation",
/// 2022). `bilinear` interpolates between the two rows and the two columns around it, also where images become smaller;
/// `nearest` takes that at floor((a + 1/2) H / height), or at floor(a H / height).
package struct Resizing: Layer {
  package static let name = "resizing"
  package static let summary = "images of a given size: bilinear interpolation or the nearest places"
  package static let alsoCalled = ["resize", "resize_bilinear", "interpolate"]
  package static let example = Example("resizing: {height: 5, width: 3}", input: [3, 4, 2])

  let height: Int
  let width: Int
  let interpolation: UpSampling2D.Interpolation
  let hasHalfPixelCenters: Bool

  package init(from fields: inout Fields) {
    height = fields.integer(FieldName("height", example: "299"), in: 1...65536, "rows of the output")
    width = fields.integer(FieldName("width", example: "299"), in: 1...65536, "columns of the output")
    interpolation = fields.choice(
      FieldName("interpolation", alsoCalled: ["mode"]), default: .bilinear,
      "interpolate between places, or take the nearest")
    hasHalfPixelCenters = fields.boolean(
      "half_pixel_centers", default: true,
      "places lie in the middle of their area; false: at its corner, as in TensorFlow 1")
  }

  package func outputBounds(of input: ClosedRange<Float>?) -> ClosedRange<Float>? { input }

  package func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    let input = try ConvolutionFields.image(Resizing.name, x)
    // Before its maps are made, which take memory.
    try LayerSite.checkSize([height, width, input[2]], madeBy: Resizing.name)
    func map(_ inputs: Int, to outputs: Int) -> AxisMap {
      switch interpolation {
      case .nearest: .nearest(inputs, outputs: outputs, areCentred: hasHalfPixelCenters)
      case .bilinear: .linear(inputs, outputs: outputs, areCentred: hasHalfPixelCenters)
      }
    }
    return x.resampled(rows: map(input[0], to: height), columns: map(input[1], to: width))
  }
}
