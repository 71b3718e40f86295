/// Where the taps of a convolution lie: which place of the input each place of the output reads through each tap.
///
/// Output place (a, b) reads input place (a strides.height + i dilation.height - padding.height, likewise along the
/// width) through the kernel's tap (i, j); places outside the input count as zero.
package struct ConvolutionGeometry: Hashable, Sendable {
  /// A number for each of an image's two axes.
  package struct Pair: Hashable, Sendable {
    package var height: Int
    package var width: Int
    /// Their product.
    var area: Int { height * width }

    package init(_ height: Int, _ width: Int) {
      self.height = height
      self.width = width
    }
  }

  /// The size of an input image.
  package let input: Pair
  /// The size of an output image.
  package let output: Pair
  package let kernel: Pair
  /// How far apart the inputs of neighbouring outputs are.
  package let strides: Pair
  /// How far apart the inputs of neighbouring taps are.
  package let dilation: Pair
  /// How many rows and columns of zeros come before the input.
  package let padding: Pair

  package init(input: Pair, output: Pair, kernel: Pair, strides: Pair, dilation: Pair, padding: Pair) {
    self.input = input
    self.output = output
    self.kernel = kernel
    self.strides = strides
    self.dilation = dilation
    self.padding = padding
  }

  /// Whether every output place reads the input place with its own number.
  var isPlaceByPlace: Bool {
    kernel.area == 1 && strides.area == 1 && input == output && padding == Pair(0, 0)
  }

  /// Neighbouring taps in blocks of as many as have 256 values a place, at least one: part of the definition, since each
  /// block is a product of its own.
  func tapBlocks(channels: Int) -> [Range<Int>] {
    Tiling.runs(of: kernel.area, each: max(1, Products.piece / channels))
  }

  /// The most values of a block's patches at one place.
  func blockWidth(channels: Int) -> Int {
    channels * (tapBlocks(channels: channels).map { $0.count }.max() ?? 0)
  }

  /// How many output places are worked on at once, so that their patches stay in the second-level cache.
  func placesAtOnce(channels: Int) -> Int {
    max(Products.piece, min(1024, (1 << 16) / max(blockWidth(channels: channels), 1)))
  }

  /// The values of the patches that are worked on at once, and one vector that may be written behind them.
  func patchCount(channels: Int) -> Int { placesAtOnce(channels: channels) * blockWidth(channels: channels) + 8 }
}
