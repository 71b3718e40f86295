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
    func windows(_ size: Int, _ input: Int, _ stride: Int) -> (output: Int, before: Int)? {
      ConvolutionFields.windows(of: size, along: input, stride: stride, isSame: padding == .same)
    }
    guard let rows = windows(size.height, input[0], strides.height),
      let columns = windows(size.width, input[1], strides.width)
    else {
      throw Misfit(
        "a window of \(size.height) x \(size.width) does not fit into an image of \(input[0]) x \(input[1])",
        remedy: "use padding: same or a smaller pool_size")
    }
    return ConvolutionGeometry(
      input: Pair(input[0], input[1]), output: Pair(rows.output, columns.output), kernel: size, strides: strides,
      dilation: Pair(1, 1), padding: Pair(rows.before, columns.before))
  }
}
