import CGIF
import Files

/// Images shown one after the other, for ever, in a GIF file, which has at most 256 colors an image.
///
/// Gray images keep their levels; colors are quantized image by image (median cut; Heckbert, "Color Image Quantization for Frame
/// Buffer Display", 1982).
package struct AnimatedGIF {
  private let frames: [AnimatedPNG.Frame]
  /// The longest side of an image.
  private static let longestSide = 65_535

  /// Images of one size and kind.
  /// - Throws: `FormatError` where there are none, they differ in size or kind, or are too large.
  package init(_ frames: [AnimatedPNG.Frame]) throws(FormatError) {
    try AnimatedPNG.Frame.requireLikeness(frames)
    let image = frames[0].image
    guard max(image.width, image.height) <= AnimatedGIF.longestSide else {
      throw FormatError(
        "a GIF cannot have \(image.width) x \(image.height) pixels: a side has 1 to \(AnimatedGIF.longestSide)")
    }
    self.frames = frames
  }

  /// The bytes of the file, which depend on nothing but the images and their times.
  package func encoded() throws(FormatError) -> [UInt8] {
    let (width, height) = (frames[0].image.width, frames[0].image.height)
    var (colors, pixels): ([UInt8], [UInt8]) = ([], [])
    for frame in frames {
      guard let (own, indices) = AnimatedGIF.indexed(frame.image) else {
        throw FormatError("giflib finds no 256 colors for an image of \(width) x \(height) pixels")
      }
      colors += own.flatMap { [$0.Red, $0.Green, $0.Blue] }
      pixels += indices
    }
    let hundredths = frames.map { UInt16(max(2, min(65_535, ($0.seconds * 100).rounded()))) }
    // A code of at most 12 bits for each pixel, in blocks of 255 bytes, seldom one that begins anew; colors and heads.
    let capacity = frames.count * (width * height * 155 / 100 + 2048) + 1024
    guard MemoryRoom.isGranted(capacity) else {
      throw FormatError("there is no memory for a GIF of \(frames.count) images of \(width) x \(height) pixels")
    }
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      colors.withUnsafeBufferPointer { colors in
        pixels.withUnsafeBufferPointer { pixels in
          hundredths.withUnsafeBufferPointer { hundredths in
            var images = gif_images(
              count: Int32(frames.count), width: Int32(width), height: Int32(height), colors: colors.baseAddress,
              pixels: pixels.baseAddress, hundredths: hundredths.baseAddress)
            var room = gif_room(bytes: buffer.baseAddress, capacity: capacity, count: 0)
            failure = gif_write(&images, &room)
            count = failure == 0 ? room.count : 0
          }
        }
      }
    }
    guard failure == 0 else { throw FormatError("giflib: error \(failure)") }
    return bytes
  }

  /// 256 colors of an image, and which of them each pixel has.
  private static func indexed(_ image: PNG) -> (colors: [GifColorType], pixels: [UInt8])? {
    if image.color == .gray {
      return ((0...255).map { GifColorType(Red: $0, Green: $0, Blue: $0) }, image.pixels)
    }
    func channel(_ number: Int) -> [UInt8] {
      stride(from: number, to: image.pixels.count, by: 3).map { image.pixels[$0] }
    }
    var (red, green, blue) = (channel(0), channel(1), channel(2))
    var colors = [GifColorType](repeating: GifColorType(), count: 256)
    var pixels = [UInt8](repeating: 0, count: image.width * image.height)
    var size: Int32 = 256
    let status = GifQuantizeBuffer(
      UInt32(image.width), UInt32(image.height), &size, &red, &green, &blue, &pixels, &colors)
    return status == GIF_OK ? (colors, pixels) : nil
  }
}
