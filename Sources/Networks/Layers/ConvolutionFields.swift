import Compute
import Specs

/// What the layers of convolution have in common: how the kernel moves over an image.
struct ConvolutionFields: Sendable {
  typealias Pair = ConvolutionGeometry.Pair

  /// What comes around an image before the kernel moves over it.
  enum Padding: Hashable, Sendable {
    /// Nothing.
    case valid
    /// As many zeros as make the output ceil(input / strides), the odd one last.
    case same
    /// So many rows and columns of zeros on each side.
    case explicit(Pair)
  }

  let kernel: Pair
  let strides: Pair
  let padding: Padding
  let dilation: Pair

  init(from fields: inout Fields) {
    kernel = ConvolutionFields.pair(
      fields.integerOrPair(
        FieldName("kernel_size", alsoCalled: ["kernel"], example: "3"), in: 1...64, "rows and columns of the kernel"))
    strides = ConvolutionFields.pair(
      fields.integerOrPair(.strides, in: 1...64, default: (1, 1), "how far the kernel moves from place to place"))
    let padding = fields.choiceOrPair(
      .padding, among: ["valid", "same"], in: 0...64, default: "valid",
      "zeros around the image: none, as many as keep its size over strides, or so many on each side")
    self.padding =
      switch padding {
      case .choice(let word): word == "same" ? .same : .valid
      case .pair(let height, let width): .explicit(Pair(height, width))
      }
    dilation = ConvolutionFields.pair(
      fields.integerOrPair("dilation_rate", in: 1...64, default: (1, 1), "how far apart the kernel reads"))
  }

  static func pair(_ values: (Int, Int)) -> Pair { Pair(values.0, values.1) }

  /// The places that a kernel spans along one axis.
  func span(along axis: KeyPath<Pair, Int>) -> Int { (kernel[keyPath: axis] - 1) * dilation[keyPath: axis] + 1 }

  /// The output's length along one axis and the zeros before the input; nil where the kernel does not fit.
  private func along(
    _ axis: KeyPath<Pair, Int>, _ input: Int
  ) -> (output: Int, before: Int)? {
    let span = span(along: axis)
    let stride = strides[keyPath: axis]
    switch padding {
    case .same: return ConvolutionFields.windows(of: span, along: input, stride: stride, isSame: true)
    case .valid: return ConvolutionFields.windows(of: span, along: input, stride: stride, isSame: false)
    case .explicit(let pair):
      let around = pair[keyPath: axis]
      return ConvolutionFields.windows(of: span, along: input + 2 * around, stride: stride, isSame: false)
        .map { ($0.output, around) }
    }
  }

  /// How many windows of `span` places lie along an axis of an image, and how many places before it the first begins;
  /// nil where none fits.
  /// - Parameter isSame: whether there are ceil(input / stride), which may reach beyond the image, the odd place last.
  static func windows(of span: Int, along input: Int, stride: Int, isSame: Bool) -> (output: Int, before: Int)? {
    guard isSame else { return input < span ? nil : ((input - span) / stride + 1, 0) }
    let output = (input + stride - 1) / stride
    return (output, max((output - 1) * stride + span - input, 0) / 2)
  }

  /// How the kernel moves over an image of this size; nil where it does not fit.
  func geometry(over input: Pair) -> ConvolutionGeometry? {
    guard let rows = along(\.height, input.height), let columns = along(\.width, input.width) else { return nil }
    return ConvolutionGeometry(
      input: input, output: Pair(rows.output, columns.output), kernel: kernel, strides: strides, dilation: dilation,
      padding: Pair(rows.before, columns.before))
  }

  /// How the kernel moves over an image of this size, or why it does not fit.
  func fitting(_ input: Pair) throws(Misfit) -> ConvolutionGeometry {
    guard let geometry = geometry(over: input) else {
      throw Misfit(
        "a kernel of \(kernel.height) x \(kernel.width) does not fit into an image of "
          + "\(input.height) x \(input.width)", remedy: "use padding: same or a smaller kernel_size")
    }
    return geometry
  }

  /// A kernel of one tap over an image of this size.
  static func pointwise(_ size: Pair) -> ConvolutionGeometry {
    ConvolutionGeometry(
      input: size, output: size, kernel: Pair(1, 1), strides: Pair(1, 1), dilation: Pair(1, 1), padding: Pair(0, 0))
  }

  /// The shape of an image, or why a layer cannot take what it receives.
  static func image(_ name: String, _ x: Tensor) throws(Misfit) -> Shape {
    let input = x.sampleShape
    guard input.rank == 3 else {
      throw Misfit(
        "\(name) takes images [height, width, channels], but receives \(input)",
        remedy: input.rank == 1
          ? "put - reshape: {shape: [height, width, channels]} before it" : "mend the shape before it")
    }
    return input
  }
}
