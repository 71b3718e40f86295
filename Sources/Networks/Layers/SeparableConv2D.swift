import Compute
import Specs

/// A convolution in two parts: first each channel with kernels of its own, then a product over the channels at each
/// place (Chollet, "Xception: Deep Learning with Depthwise Separable Convolutions", 2017).
///
/// t[n, a, b, c M + m] = sum over i, j of x[n, a s + i d - p, b s + j d - p, c] D[i, j, c, m] and y = f(t P + b), with
/// x [N, height, width, C], D [rows, columns, C, M] (`depthwise_kernel`), M the `depth_multiplier`, P
/// [1, 1, C M, filters] (`pointwise_kernel`), b [filters]. Shapes follow as in `conv2d`.
package struct SeparableConv2D: AffineLayer {
  package static let name = "separable_conv2d"
  package static let summary = "depthwise separable convolution: a depthwise convolution, then a pointwise (1 x 1) one"
  package static let alsoCalled = ["separable_conv"]
  package static let example = Example(
    "separable_conv2d: {filters: 3, kernel_size: 3, strides: 2, padding: same, depth_multiplier: 2}",
    input: [5, 4, 2])

  /// The number of channels of the output, from 1 to 65 536.
  package let filters: Int
  let fields: ConvolutionFields
  let multiplier: Int
  let depthwiseInitializer: any Initializer
  package var affine: AffineFields

  package init(from fields: inout Fields) {
    filters = fields.integer(.filters, in: 1...65536, "the number of channels of the output")
    self.fields = ConvolutionFields(from: &fields)
    multiplier = fields.integer(
      "depth_multiplier", in: 1...1024, default: 1, "how many channels the first part makes of each")
    depthwiseInitializer =
      fields.item(
        "depthwise_initializer", of: InitializerCatalog.all, default: "glorot_uniform",
        "the first values of the kernels of the channels") ?? Zeros()
    affine = AffineFields(from: &fields, kernel: "convolution", initializer: "pointwise_initializer")
  }

  package func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    let input = try ConvolutionFields.image(SeparableConv2D.name, x)
    let geometry = try fields.fitting(ConvolutionGeometry.Pair(input[0], input[1]))
    let taps = fields.kernel.height * fields.kernel.width
    let kernel = site.parameter(
      "depthwise_kernel", as: .kernel, [fields.kernel.height, fields.kernel.width, input[2], multiplier],
      depthwiseInitializer,
      fans: Fans(in: taps * input[2], out: taps * multiplier))
    let wide = input[2] * multiplier
    // Each channel so many times side by side, so that every one of them has one kernel.
    let batch = x.batch
    let repeated = x.reshaped(to: [batch, input[0], input[1], input[2], 1])
      .broadcast(to: [batch, input[0], input[1], input[2], multiplier])
    let depthwise = repeated.reshaped(to: [batch, input[0], input[1], wide]).depthwiseConvolution(
      with: kernel.reshaped(to: [fields.kernel.height, fields.kernel.width, wide]), geometry)
    let pointwise = site.parameter(
      "pointwise_kernel", as: .kernel, [1, 1, wide, filters], affine.kernelInitializer,
      fans: Fans(in: wide, out: filters))
    let mixed = depthwise.convolution(with: pointwise, ConvolutionFields.pointwise(geometry.output))
    return affine.finish(mixed, units: filters, at: &site)
  }
}
