import CDeflate
import Files

/// Images shown one after the other, for ever, in one PNG file that programs without animation show as its first image.
///
/// The chunks are those of "Portable Network Graphics (PNG) Specification (Third Edition)", W3C, 2025, section 11.3.6: levels
/// and colors are kept as they are.
package struct AnimatedPNG {
  private let frames: [Frame]

  /// An image and how long it is shown.
  package struct Frame: Sendable {
    /// The image.
    package let image: PNG
    /// For how many seconds, in thousandths up to 65.
    package let seconds: Double

    package init(_ image: PNG, seconds: Double) { (self.image, self.seconds) = (image, seconds) }
  }

  /// Images of one size and kind.
  /// - Throws: `FormatError` where there are none, or they differ in size or kind.
  package init(_ frames: [Frame]) throws(FormatError) {
    try Frame.requireLikeness(frames)
    self.frames = frames
  }

  /// The bytes of the file, which depend on nothing but the images and their times.
  package func encoded() throws(FormatError) -> [UInt8] {
    var bytes: [UInt8] = []
    var number: UInt32 = 0
    for (index, frame) in frames.enumerated() {
      let still = try frame.image.encoded()
      let chunks = AnimatedPNG.chunks(of: still)
      if index == 0 {
        bytes = Array(still.prefix(8))
        for (name, content) in chunks where name != "IDAT" && name != "IEND" {
          AnimatedPNG.add(name, content, to: &bytes)
          if name == "IHDR" { AnimatedPNG.add("acTL", word(UInt32(frames.count)) + word(0), to: &bytes) }
        }
      }
      let (width, height) = (UInt32(frame.image.width), UInt32(frame.image.height))
      let milliseconds = UInt16(max(1, min(65_535, (frame.seconds * 1000).rounded())))
      // At the corner, in place of what was there.
      AnimatedPNG.add(
        "fcTL",
        word(number) + word(width) + word(height) + word(0) + word(0) + half(milliseconds) + half(1000) + [0, 0],
        to: &bytes)
      number += 1
      for (name, content) in chunks where name == "IDAT" {
        if index == 0 {
          AnimatedPNG.add("IDAT", content, to: &bytes)
        } else {
          AnimatedPNG.add("fdAT", word(number) + content, to: &bytes)
          number += 1
        }
      }
    }
    AnimatedPNG.add("IEND", [], to: &bytes)
    return bytes
  }

  /// The chunks of a file: a name of four letters and a content each.
  private static func chunks(of file: [UInt8]) -> [(name: String, content: [UInt8])] {
    var chunks: [(String, [UInt8])] = []
    var place = 8
    while place + 12 <= file.count {
      let length = file[place..<(place + 4)].reduce(0) { $0 << 8 | Int($1) }
      let name = String(decoding: file[(place + 4)..<(place + 8)], as: UTF8.self)
      chunks.append((name, Array(file[(place + 8)..<(place + 8 + length)])))
      place += 12 + length
    }
    return chunks
  }

  private static func add(_ name: String, _ content: [UInt8], to bytes: inout [UInt8]) {
    let body = [UInt8](name.utf8) + content
    bytes += word(UInt32(content.count)) + body + word(libdeflate_crc32(0, body, body.count))
  }
}

extension AnimatedPNG.Frame {
  /// Throws where there are no frames, or they differ in size or kind.
  static func requireLikeness(_ frames: [AnimatedPNG.Frame]) throws(FormatError) {
    guard let first = frames.first?.image else { throw FormatError("an animation has at least one image") }
    for frame in frames {
      let image = frame.image
      guard (image.width, image.height, image.color) == (first.width, first.height, first.color) else {
        throw FormatError(
          "the images of an animation are alike, but one has \(image.width) x \(image.height) pixels and the first "
            + "\(first.width) x \(first.height)")
      }
    }
  }
}

/// A number of four bytes, the first the highest.
private func word(_ value: UInt32) -> [UInt8] {
  [UInt8(value >> 24), UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255)]
}

/// A number of two bytes, the first the highest.
private func half(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 255)] }
