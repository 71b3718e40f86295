import CJPEG
import Files

/// JPEG files, decoded by libjpeg-turbo.
package enum JPEG {
  /// libjpeg's version of its interface, such as 62.
  package static let interfaceVersion = Int(JPEG_LIB_VERSION)

  /// Whether bytes begin as JPEG files do.
  static func begins(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0xff, 0xd8, 0xff]) }

  /// Decodes a gray or color image; what is damaged or cut short is refused as a whole.
  static func decode(_ bytes: [UInt8]) throws(FormatError) -> Image {
    var result = jpeg_result()
    guard jpeg_read(bytes, UInt(bytes.count), nil, &result) else { throw problem(result) }
    let (width, height) = (Int(result.width), Int(result.height))
    guard result.channels == 1 || result.channels == 3 else {
      throw FormatError("its colors have \(result.channels) parts (CMYK?), but only gray and RGB are read")
    }
    try Image.checkSize(width, height)
    var pixels = [UInt8](repeating: 0, count: width * height * Int(result.channels))
    guard jpeg_read(bytes, UInt(bytes.count), &pixels, &result) else { throw problem(result) }
    return Image(width: width, height: height, channels: Int(result.channels), pixels: pixels)
  }

  private static func problem(_ result: jpeg_result) -> FormatError {
    let words = withUnsafeBytes(of: result.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    return FormatError("libjpeg: \(words)")
  }
}
