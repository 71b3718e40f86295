import Compute
import Specs

/// Images enlarged by whole numbers: [N, height, width, C] -> [N, height h, width w, C] for `size: [h, w]`.
///
/// With `nearest` each place is repeated, y[n, a, b, c] = x[n, floor(a / h), floor(b / w), c]. With `bilinear` the
/// places' centres are interpolated: y at (a, b) is x at ((a + 1/2) / h - 1/2, (b + 1/2) / w - 1/2), the border going
/// on beyond the image, as in Keras. Followed by a convolution it enlarges without the checkerboard that strides leave
/// (Odena et al., "Deconvolution and Checkerboard Artifacts", 2016).
package struct UpSampling2D: Layer {
  package static let name = "up_sampling2d"
  package static let summary = "upsampling: nearest-neighbour repetition or bilinear interpolation"
  package static let alsoCalled = ["upsample", "upsampling", "up_sampling"]
  package static let example = Example("up_sampling2d: {size: [2, 3], interpolation: bilinear}", input: [3, 2, 2])

  /// How places between those of the input are filled.
  enum Interpolation: String, Choice { case nearest, bilinear }

  let size: ConvolutionGeometry.Pair
  let interpolation: Interpolation

  package init(from fields: inout Fields) {
    size = ConvolutionFields.pair(
      fields.integerOrPair(
        FieldName("size", alsoCalled: ["scale_factor"], example: "2"), in: 1...64, default: (2, 2),
        "how many times as high and wide"))
    interpolation = fields.choice(
      FieldName("interpolation", alsoCalled: ["mode"]), default: .nearest,
      "repeat places, or interpolate between their centres")
  }

  package func outputBounds(of input: ClosedRange<Float>?) -> ClosedRange<Float>? { input }

  package func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    let input = try ConvolutionFields.image(UpSampling2D.name, x)
    // Before its maps are made, which take memory.
    try LayerSite.checkSize(
      [input[0] * size.height, input[1] * size.width, input[2]], madeBy: UpSampling2D.name)
    switch interpolation {
    case .nearest:
      return x.resampled(rows: .nearest(input[0], times: size.height), columns: .nearest(input[1], times: size.width))
    case .bilinear:
      return x.resampled(rows: .linear(input[0], times: size.height), columns: .linear(input[1], times: size.width))
    }
  }
}
