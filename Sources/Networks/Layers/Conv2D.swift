import Compute
import Specs

/// A convolution over images: y = f(x * W + b), x [N, height, width, channels], W [rows, columns, channels, filters],
/// b [filters] (LeCun et al., "Gradient-based learning applied to document recognition", 1998).
///
/// Along an axis of length L a kernel of k taps, dilation d and stride s gives floor((L + padding - d (k - 1) - 1) / s) + 1
/// places; with `same` padding ceil(L / s), as in Keras.
package struct Conv2D: AffineLayer {
  package static let name = "conv2d"
  package static let summary = "2-D convolution, y = activation(x * W + b)"
  package static let alsoCalled = ["conv"]
  package static let example = Example(
    "conv2d: {filters: 3, kernel_size: 3, strides: 2, padding: same}", input: [5, 4, 2])

  /// The number of channels of the output, from 1 to 65 536.
  package let filters: Int
  let fields: ConvolutionFields
  package var affine: AffineFields

  package init(from fields: inout Fields) {
    filters = fields.integer(.filters, in: 1...65536, "the number of channels of the output")
    self.fields = ConvolutionFields(from: &fields)
    affine = AffineFields(from: &fields, kernel: "convolution")
  }

  package func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    let input = try ConvolutionFields.image(Conv2D.name, x)
    let geometry = try fields.fitting(ConvolutionGeometry.Pair(input[0], input[1]))
    let taps = fields.kernel.height * fields.kernel.width
    let kernel = site.parameter(
      "kernel", as: .kernel, [fields.kernel.height, fields.kernel.width, input[2], filters], affine.kernelInitializer,
      fans: Fans(in: taps * input[2], out: taps * filters))
    return affine.finish(x.convolution(with: kernel, geometry), units: filters, at: &site)
  }
}
