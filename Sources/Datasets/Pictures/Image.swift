import Files
import Specs

/// A picture in memory: gray or RGB of 8 bits.
struct Image: Equatable, Sendable {
  /// How a picture of another shape is brought to a size.
  enum Fitting: String, Choice {
    /// The largest part of the middle that has the shape; the rest is cut off.
    case crop
    /// The whole picture in the middle of black.
    case fit
    /// The whole picture, its width and height changed independently.
    case stretch
  }

  let width: Int
  let height: Int
  /// 1: gray, 3: red, green, blue.
  let channels: Int
  /// The pixels [height, width, channels].
  let pixels: [UInt8]

  /// More pixels than any photograph has; a small file that claims more is refused before there is room made for it.
  private static let mostPixels = 1 << 26

  static func checkSize(_ width: Int, _ height: Int) throws(FormatError) {
    guard width > 0, height > 0, width <= mostPixels / height else {
      throw FormatError("an image of \(width) x \(height) pixels is too large to be read")
    }
  }

  /// Decodes the bytes of a PNG or JPEG file, which are told apart by how they begin, not by the file's name.
  static func decode(_ bytes: [UInt8]) throws(FormatError) -> Image {
    if JPEG.begins(bytes) { return try JPEG.decode(bytes) }
    guard PNG.begins(bytes) else { throw FormatError("it is neither a PNG nor a JPEG file") }
    let image = try PNG(decoding: bytes)
    return Image(
      width: image.width, height: image.height, channels: image.color.rawValue, pixels: image.pixels)
  }

  /// The picture with 1 or 3 channels.
  ///
  /// Gray is Y = (299 R + 587 G + 114 B + 500) div 1000 (ITU-R Rec. 601); RGB of gray has its value three times.
  func converted(toChannels wanted: Int) -> Image {
    guard wanted != channels else { return self }
    var result: [UInt8] = []
    result.reserveCapacity(width * height * wanted)
    if wanted == 1 {
      for pixel in stride(from: 0, to: pixels.count, by: 3) {
        let (red, green, blue) = (Int(pixels[pixel]), Int(pixels[pixel + 1]), Int(pixels[pixel + 2]))
        result.append(UInt8((299 * red + 587 * green + 114 * blue + 500) / 1000))
      }
    } else {
      for value in pixels { for _ in 0..<3 { result.append(value) } }
    }
    return Image(width: width, height: height, channels: wanted, pixels: result)
  }
}
