import Compute

/// Images of one size, [n, height, width, channels].
package struct Images: Sendable {
  /// Their values, a row an image.
  package let pixels: Matrix
  /// The rows of pixels of an image.
  package let height: Int
  /// The pixels in a row.
  package let width: Int
  /// The values of a pixel.
  package let channels: Int

  /// Of values [n, height x width x channels].
  package init(_ pixels: Matrix, height: Int, width: Int, channels: Int) {
    precondition(pixels.columns == height * width * channels, "as many values as pixels times channels")
    (self.pixels, self.height, self.width, self.channels) = (pixels, height, width, channels)
  }

  /// The number of images.
  package var count: Int { pixels.rows }

  /// The channels of an image, each [height, width].
  package func planes(of image: Int) -> [Matrix] {
    let first = image * pixels.columns
    return (0..<channels).map { channel in
      Matrix(
        rows: height, columns: width,
        values: (0..<(height * width)).map { pixels.values[first &+ $0 &* channels &+ channel] })
    }
  }

  /// Those of these numbers, in this order.
  package func taking(_ numbers: some Collection<Int>) -> Images {
    Images(pixels.taking(numbers), height: height, width: width, channels: channels)
  }

  /// The images in the middle of larger ones of one value.
  package func padded(height tall: Int, width wide: Int, with background: Double) -> Images {
    let (top, left) = ((tall - height) / 2, (wide - width) / 2)
    var values = [Double](repeating: background, count: count * tall * wide * channels)
    let row = width * channels
    for line in 0..<(count * height) {
      let (image, y) = line.quotientAndRemainder(dividingBy: height)
      let place = ((image * tall + y + top) * wide + left) * channels
      values.replaceSubrange(place..<(place + row), with: pixels.values[(line * row)..<((line + 1) * row)])
    }
    return Images(
      Matrix(rows: count, columns: tall * wide * channels, values: values), height: tall, width: wide,
      channels: channels)
  }
}
