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

  /// What giflib writes.
  private final class Output { var bytes: [UInt8] = [] }

  /// The bytes of the file, which depend on nothing but the images and their times.
  package func encoded() throws(FormatError) -> [UInt8] {
    let output = Output()
    let image = frames[0].image
    var failure: Int32 = 0
    let file = EGifOpen(
      Unmanaged.passUnretained(output).toOpaque(),
      { file, bytes, count in
        guard let file, let bytes else { return 0 }
        Unmanaged<Output>.fromOpaque(file.pointee.UserData).takeUnretainedValue()
          .bytes.append(contentsOf: UnsafeBufferPointer(start: bytes, count: Int(count)))
        return count
      }, &failure)
    guard let file else { throw FormatError("giflib: error \(failure)") }
    EGifSetGifVersion(file, true)
    var isWell = EGifPutScreenDesc(file, Int32(image.width), Int32(image.height), 8, 0, nil) == GIF_OK
    // To be shown again and again.
    isWell = isWell && EGifPutExtensionLeader(file, APPLICATION_EXT_FUNC_CODE) == GIF_OK
    isWell = isWell && EGifPutExtensionBlock(file, 11, "NETSCAPE2.0") == GIF_OK
    isWell = isWell && EGifPutExtensionBlock(file, 3, [1, 0, 0] as [UInt8]) == GIF_OK
    isWell = isWell && EGifPutExtensionTrailer(file) == GIF_OK
    for frame in frames where isWell { isWell = AnimatedGIF.put(frame, into: file) }
    let error = file.pointee.Error
    var closing: Int32 = 0
    guard EGifCloseFile(file, &closing) == GIF_OK, isWell else {
      throw FormatError("giflib: error \(error == 0 ? closing : error)")
    }
    return output.bytes
  }

  /// Adds an image; false where giflib refuses.
  private static func put(_ frame: AnimatedPNG.Frame, into file: UnsafeMutablePointer<GifFileType>) -> Bool {
    let hundredths = UInt16(max(2, min(65_535, (frame.seconds * 100).rounded())))
    // No transparent color; what comes after it stands in its place.
    let control: [UInt8] = [4, UInt8(hundredths & 255), UInt8(hundredths >> 8), 0]
    guard EGifPutExtension(file, GRAPHICS_EXT_FUNC_CODE, 4, control) == GIF_OK,
      var (colors, indices) = indexed(frame.image), let map = GifMakeMapObject(256, &colors)
    else { return false }
    defer { GifFreeMapObject(map) }
    let (width, height) = (frame.image.width, frame.image.height)
    guard EGifPutImageDesc(file, 0, 0, Int32(width), Int32(height), false, map) == GIF_OK else { return false }
    return indices.withUnsafeMutableBufferPointer { pixels in
      (0..<height).allSatisfy { EGifPutLine(file, pixels.baseAddress! + $0 * width, Int32(width)) == GIF_OK }
    }
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
