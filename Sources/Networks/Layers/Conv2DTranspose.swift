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
  let outputPadding: ConvolutionGeometry.Pair
  package var affine: AffineFields

  package init(from fields: inout Fields) {
    filters = fields.integer(.filters, in: 1...65536, "the number of channels of the output")
    let convolution = ConvolutionFields(from: &fields)
    self.fields = convolution
    outputPadding = ConvolutionFields.pair(
      fields.integerOrPair(
        "output_padding", in: 0...63,
        inferred: (convolution.outputPadding(along: \.height), convolution.outputPadding(along: \.width)),
        as: "what strides ask for", "rows and columns added to the output's end"))
    affine = AffineFields(from: &fields, kernel: "convolution")
  }

  /// The output's length along an axis.
  private func length(_ input: Int, along axis: KeyPath<ConvolutionGeometry.Pair, Int>) -> Int {
    let span = fields.span(along: axis)
    let cut =
      switch fields.padding {
      case .explicit(let around): around[keyPath: axis]
      case .same: span / 2
      case .valid: 0
      }
    return (input - 1) * fields.strides[keyPath: axis] + span - 2 * cut + outputPadding[keyPath: axis]
  }

  package func build(_ x: Tensor, at site: inout LayerSite) throws(Misfit) -> Tensor {
    let input = try ConvolutionFields.image(Conv2DTranspose.name, x)
    let size = ConvolutionGeometry.Pair(length(input[0], along: \.height), length(input[1], along: \.width))
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

extension ConvolutionFields {
  /// What is added to the output's end along an axis so that it has strides times the input's length, or with the padding
  /// `valid` also what the kernel reaches beyond; 0 with a padding of numbers.
  fileprivate func outputPadding(along axis: KeyPath<Pair, Int>) -> Int {
    let (span, stride) = (span(along: axis), strides[keyPath: axis])
    return switch padding {
    case .explicit: 0
    case .same: stride - span % 2
    case .valid: max(stride - span, 0)
    }
  }
}
