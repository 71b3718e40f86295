import Datasets
import Files

/// A color: red, green and blue, each 0 to 255.
typealias Ink = SIMD3<Float>

/// Pixels that can be painted on.
struct Canvas {
  let width: Int
  let height: Int
  /// Red, green, blue [height, width, 3].
  private(set) var pixels: [UInt8]

  /// A canvas of one color.
  /// - Throws: where no PNG is so large, or there is no memory for it and for its PNG.
  init(width: Int, height: Int, ground: Ink) throws(FormatError) {
    try PNG.requireSize(width: width, height: height, color: .rgb)
    let bytes = 3 * 3 * width * height
    guard bytes <= MemoryRoom.available(), MemoryRoom.isGranted(bytes) else {
      throw FormatError(
        "an image of \(width) x \(height) pixels takes \(ByteCount.text(bytes)) of memory, but there are "
          + ByteCount.text(MemoryRoom.available()))
    }
    (self.width, self.height) = (width, height)
    pixels = []
    pixels.reserveCapacity(width * height * 3)
    for _ in 0..<(width * height) { for channel in 0..<3 { pixels.append(UInt8(ground[channel])) } }
  }

  /// Paints a pixel, with a strength of 0 (not at all) to 1; what is not on the canvas is left out.
  mutating func paint(_ x: Int, _ y: Int, _ ink: Ink, strength: Float = 1) {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return }
    let place = (y * width + x) * 3
    for channel in 0..<3 {
      let old = Float(pixels[place + channel])
      pixels[place + channel] = UInt8((old + (ink[channel] - old) * strength).rounded())
    }
  }

  /// Fills a rectangle.
  mutating func fill(x: Int, y: Int, width: Int, height: Int, _ ink: Ink) {
    for row in y..<(y + max(0, height)) { for column in x..<(x + max(0, width)) { paint(column, row, ink) } }
  }

  /// Draws the border of a rectangle, inside it.
  mutating func frame(x: Int, y: Int, width: Int, height: Int, _ ink: Ink, thickness: Int = 1) {
    fill(x: x, y: y, width: width, height: thickness, ink)
    fill(x: x, y: y + height - thickness, width: width, height: thickness, ink)
    fill(x: x, y: y, width: thickness, height: height, ink)
    fill(x: x + width - thickness, y: y, width: thickness, height: height, ink)
  }

  /// Writes a text whose top left corner is given, each pixel of a letter `scale` wide and high.
  mutating func write(_ text: String, x: Int, y: Int, _ ink: Ink, scale: Int = 1) {
    for (index, scalar) in text.unicodeScalars.enumerated() {
      for (column, bits) in BitmapFont.columns(of: scalar).enumerated() {
        for row in 0..<BitmapFont.height where bits >> row & 1 == 1 {
          fill(
            x: x + (index * BitmapFont.advance + column) * scale, y: y + row * scale, width: scale, height: scale, ink)
        }
      }
    }
  }

  /// The picture; gray where it has no colors.
  func png() throws(FormatError) -> PNG {
    let starts = stride(from: 0, to: pixels.count, by: 3)
    let isGray = starts.allSatisfy { start in
      let red: UInt8 = pixels[start]
      return red == pixels[start + 1] && red == pixels[start + 2]
    }
    guard isGray else { return try PNG(width: width, height: height, color: .rgb, pixels: pixels) }
    let levels = starts.map { pixels[$0] }
    return try PNG(width: width, height: height, color: .gray, pixels: levels)
  }
}

/// The colors of a picture on a white or a black ground.
struct Palette: Sendable {
  let ground: Ink
  let text: Ink
  let frame: Ink
  let real: Ink
  let generated: Ink
  /// Of what asks for attention: values that lie outside.
  let warning: Ink
  let mode: Ink

  static let white = Palette(
    ground: [255, 255, 255], text: [40, 40, 40], frame: [120, 120, 120], real: [178, 178, 178],
    generated: [30, 70, 160], warning: [205, 40, 30], mode: [220, 120, 60])
  static let black = Palette(
    ground: [0, 0, 0], text: [225, 225, 225], frame: [140, 140, 140], real: [105, 105, 105],
    generated: [120, 180, 255], warning: [255, 95, 80], mode: [230, 150, 90])
}
