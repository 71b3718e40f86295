import CPNG
import Files

/// An image of 8 bits a channel, as it lies in a PNG file.
package struct PNG: Equatable, Sendable {
  /// libpng's version.
  package static var libraryVersion: String { String(cString: png_get_libpng_ver(nil)) }

  /// The kinds of pixels.
  package enum Color: Int, Sendable {
    /// One byte a pixel.
    case gray = 1
    /// Three bytes a pixel: red, green, blue.
    case rgb = 3
  }

  /// The number of pixels in a row.
  package let width: Int
  /// The number of rows.
  package let height: Int
  /// What a pixel is.
  package let color: Color
  /// The pixels [height, width, channels], row by row from the top.
  package let pixels: [UInt8]

  /// The longest side that libpng accepts by default.
  package static let longestSide = 1_000_000
  /// The most bytes of pixels that libpng writes at once.
  package static let mostBytes = Int(UInt32.max)

  /// Describes an image; throws when a side is not in 1...1 000 000 or the number of bytes does not fit.
  package init(width: Int, height: Int, color: Color, pixels: [UInt8]) throws(FormatError) {
    try Self.requireSize(width: width, height: height, color: color)
    let expected = width * height * color.rawValue
    guard pixels.count == expected else {
      throw FormatError(
        "an image of \(width) x \(height) pixels needs \(expected) bytes, not \(pixels.count)")
    }
    self.width = width
    self.height = height
    self.color = color
    self.pixels = pixels
  }

  /// Throws where no file can have so many pixels.
  package static func requireSize(width: Int, height: Int, color: Color) throws(FormatError) {
    guard (1...longestSide).contains(width), (1...longestSide).contains(height) else {
      throw FormatError("an image cannot have \(width) x \(height) pixels: a side has 1 to \(longestSide)")
    }
    guard width * height * color.rawValue <= mostBytes else {
      throw FormatError(
        "an image cannot have \(width) x \(height) pixels: all of them have at most \(ByteCount.text(mostBytes))")
    }
  }

  /// The bytes of the file, which depend on nothing but the pixels: there is no time and no text in it.
  package func encoded() throws(FormatError) -> [UInt8] {
    var image = Self.blank()
    image.width = png_uint_32(width)
    image.height = png_uint_32(height)
    image.format = Self.format(color)
    // Room for pixels that do not compress at all: stored blocks, filter bytes, chunks.
    let capacity = pixels.count + pixels.count / 1000 + height + 4096
    var length = png_alloc_size_t(capacity)
    var succeeded = false
    let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      succeeded = png_image_write_to_memory(&image, buffer.baseAddress, &length, 0, pixels, 0, nil) != 0
      count = succeeded ? Int(length) : 0
    }
    try Self.finish(&image, succeeded)
    return bytes
  }

  /// Reads the bytes of a file; other kinds of pixels are converted to the nearer of gray and RGB of 8 bits.
  package init(decoding bytes: [UInt8]) throws(FormatError) {
    // libpng keeps the address of the bytes from its first call to its last.
    let decoded = bytes.withUnsafeBytes { memory in
      Result { () throws(FormatError) in try PNG(decoding: memory) }
    }
    self = try decoded.get()
  }

  private init(decoding memory: UnsafeRawBufferPointer) throws(FormatError) {
    var image = Self.blank()
    try Self.finish(&image, png_image_begin_read_from_memory(&image, memory.baseAddress, memory.count) != 0)
    defer { png_image_free(&image) }
    let color: Color = image.format & PNG_FORMAT_FLAG_COLOR == 0 ? .gray : .rgb
    let (width, height) = (Int(image.width), Int(image.height))
    // A small file can claim to be a huge image; refuse it before making room for it.
    guard width * height <= 1 << 26 else {
      throw FormatError("an image of \(width) x \(height) pixels is too large to be read")
    }
    // Without it libpng takes 16 bits without a note on gamma for linear light.
    image.flags |= png_uint_32(PNG_IMAGE_FLAG_16BIT_sRGB)
    image.format = Self.format(color)
    var pixels = [UInt8](repeating: 0, count: width * height * color.rawValue)
    try Self.finish(&image, png_image_finish_read(&image, nil, &pixels, 0, nil) != 0)
    try self.init(width: width, height: height, color: color, pixels: pixels)
  }

  /// Whether bytes begin as PNG files do.
  static func begins(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x89, 0x50, 0x4e, 0x47]) }

  private static func blank() -> png_image {
    var image = png_image()
    image.version = png_uint_32(PNG_IMAGE_VERSION)
    return image
  }

  private static func format(_ color: Color) -> png_uint_32 {
    color == .gray ? 0 : png_uint_32(PNG_FORMAT_FLAG_COLOR)
  }

  /// Throws libpng's words for a call that failed, and frees what the call held.
  private static func finish(_ image: inout png_image, _ succeeded: Bool) throws(FormatError) {
    guard !succeeded else { return }
    let words = withUnsafeBytes(of: image.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    png_image_free(&image)
    throw FormatError("libpng: \(words)")
  }
}
