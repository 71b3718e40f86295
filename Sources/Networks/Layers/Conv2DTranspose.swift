import Compute
import Specs

/// A transposed convolution over images, the gradient of a convolution's input used as a layer: each place of x adds a
/// kernel's worth of values to y = f(x *^T W + b), x [N, height, width, channels], W [rows, columns, filters, channels],
/// b [filters] (Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", 2016).
///
/// Along an axis of length L a kernel of k taps, dilation d and stride s gives, as in Keras, L s places with `same`
/// padding, L s + max(d (k - 1) + 1 - s, 0) with `valid`; with explicit padding p, (L - 1) s + d (k - 1) + 1 - 2 p.
/// `output_padding` q makes it (L - 1) s + d (k - 1) + 1 - 2 p + q, where p is half of the dilated kernel,
/// floor((d (k - 1) + 1) / 2), with `same` and 0 with `valid`.
package struct Conv2DTranspose: AffineLayer {
  package static let name = "conv2d_transpose"
  package static let summary = "transposed 2-D convolution, y = activation(x *^T W + b)"
  package static let alsoCalled = ["deconv", "convtranspose2d"]
  package static let example = Example(
    "conv2d_transpose: {filters: 2, kernel_size: 4, strides: 2, padding: same}", input: [3, 2, 3])

  /// The number of channels of the output, from 1 to 65 536.
  package let filters: Int
  let fields: ConvolutionFields
  let outputPadding: ConvolutionGeometry.Pair?
  package var affine: AffineFields

  package init(from fields: inout Fields) {
    filters = fields.integer(.filters, in: 1...65536, "the number of channels of the output")
    self.fields = ConvolutionFields(from: &fields)
    outputPadding = fields.optionalIntegerOrPair(
      "output_padding", in: 0...63, "rows and columns added to the output's end; by default what strides ask for"
    ).map(ConvolutionFields.pair)
    affine = AffineFields(from: &fields, kernel: "convolution")
  }

  private func length(
    _ input: Int, _ kernel: Int, _ stride: Int, _ dilation: Int, _ around: Int?, _ added: Int?
  ) -> Int {
    let span = ConvolutionFields.span(kernel, dilation)
    let least = (input - 1) * stride + span
    if let around { return least - 2 * around + (added ?? 0) }
    switch (fields.padding, added) {
    case (.same, nil): return input * stride
    case (.same, let added?): return least - 2 * (span / 2) + added
    case (_, nil): return input * stride + max(span - stride, 0)
    case (_, let added?): return least + added
    }
  }

  package func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    let input = try ConvolutionFields.image(Conv2DTranspose.name, x)
    let around: ConvolutionGeometry.Pair? = if case .explicit(let pair) = fields.padding { pair } else { nil }
    let size = ConvolutionGeometry.Pair(
      length(
        input[0], fields.kernel.height, fields.strides.height, fields.dilation.height, around?.height,
        outputPadding?.height),
      length(
        input[1], fields.kernel.width, fields.strides.width, fields.dilation.width, around?.width, outputPadding?.width)
    )
    guard size.height > 0, size.width > 0, let geometry = fields.geometry(over: size),
      geometry.output == ConvolutionGeometry.Pair(input[0], input[1])
    else {
      throw Misfit(
        "no convolution with these strides and this padding turns \(size.height) x \(size.width) into the "
          + "\(input[0]) x \(input[1]) that it receives", remedy: "use padding: same without output_padding")
    }
    let taps = fields.kernel.height * fields.kernel.width
    let kernel = site.parameter(
      "kernel", as: .transposedKernel, [fields.kernel.height, fields.kernel.width, filters, input[2]],
      affine.kernelInitializer,
      fans: Fans(in: taps * filters, out: taps * input[2]))
    return affine.finish(x.transposedConvolution(with: kernel, geometry), units: filters, at: &site)
  }
}
