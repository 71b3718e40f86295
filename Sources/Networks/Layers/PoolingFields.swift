import Compute
import Specs

/// What the layers that pool windows of an image have in common.
struct PoolingFields: Sendable {
  typealias Pair = ConvolutionGeometry.Pair

  /// What happens at the border of an image.
  enum Padding: String, Choice { case valid, same }

  let size: Pair
  let strides: Pair
  let padding: Padding

  init(from fields: inout Fields) {
    size = ConvolutionFields.pair(
      fields.integerOrPair(
        FieldName("pool_size", alsoCalled: ["size", "kernel_size"], example: "2"), in: 1...64, default: (2, 2),
        "rows and columns of a window"))
    strides = ConvolutionFields.pair(
      fields.integerOrPair(
        .strides, in: 1...64, inferred: (size.height, size.width), as: "pool_size",
        "how far the window moves from place to place"))
    padding = fields.choice(
      .padding, default: .valid,
      "valid: windows lie in the image; same: ceil(input / strides) of them, which may reach beyond it")
  }

  /// The windows of an image, or why there are none.
  func geometry(_ name: String, _ x: Tensor) throws(Misfit) -> ConvolutionGeometry {
    let input = try ConvolutionFields.image(name, x)
    guard padding == .same || (size.height <= input[0] && size.width <= input[1]) else {
      throw Misfit(
        "a window of \(size.height) x \(size.width) does not fit into an image of \(input[0]) x \(input[1])",
        remedy: "use padding: same or a smaller pool_size")
    }
    let rows = along(input[0], size.height, strides.height)
    let columns = along(input[1], size.width, strides.width)
    return ConvolutionGeometry(
      input: Pair(input[0], input[1]), output: Pair(rows.output, columns.output), kernel: size, strides: strides,
      dilation: Pair(1, 1), padding: Pair(rows.before, columns.before))
  }

  /// The number of windows along an axis, and how far the first begins before the image.
  private func along(_ input: Int, _ size: Int, _ stride: Int) -> (output: Int, before: Int) {
    guard padding == .same else { return ((input - size) / stride + 1, 0) }
    let output = (input + stride - 1) / stride
    return (output, max((output - 1) * stride + size - input, 0) / 2)
  }
}
