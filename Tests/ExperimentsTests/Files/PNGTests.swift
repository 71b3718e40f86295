import Datasets
import Files
import TestSupport
import Testing

@Suite struct PNGTests {
  @Test(arguments: [(1, 1, PNG.Color.gray), (1, 1, .rgb), (7, 5, .gray), (5, 7, .rgb), (280, 280, .gray)])
  func `pixels are read back, and the same pixels give the same bytes`(
    width: Int, height: Int, color: PNG.Color
  ) throws {
    var generator = SeededGenerator(3)
    let pixels = (0..<width * height * color.rawValue).map { _ in UInt8.random(in: 0...255, using: &generator)
    }
    let image = try PNG(width: width, height: height, color: color, pixels: pixels)
    let bytes = try image.encoded()
    #expect(try PNG(decoding: bytes) == image)
    #expect(try image.encoded() == bytes)
    #expect(bytes.starts(with: [0x89, 0x50, 0x4e, 0x47]))
    for chunk in ["tIME", "tEXt"] { #expect(!bytes.contains(chunk)) }
  }

  @Test(arguments: [
    (0, 1, 0), (1, 0, 0), (0, 0, 0), (-1, -1, 1), (2, 2, 3), (2, 2, 5), (1_000_001, 1, 1_000_001),
    (.max, .max, 1),
  ])
  func `sizes that make no image are refused`(width: Int, height: Int, count: Int) {
    #expect(throws: FormatError.self) {
      try PNG(width: width, height: height, color: .gray, pixels: [UInt8](repeating: 0, count: count))
    }
  }

  @Test func `bytes that are no image are refused, and changed ones never crash`() throws {
    let bytes = try PNG(width: 3, height: 3, color: .rgb, pixels: Array(0..<27)).encoded()
    #expect(throws: FormatError.self) { try PNG(decoding: []) }
    for index in bytes.indices {
      // What follows the last pixel is not asked for.
      #expect(throws: FormatError.self) { try PNG(decoding: Array(bytes[..<(index / 2)])) }
      for bit in 0..<8 {
        var changed = bytes
        changed[index] ^= 1 << UInt8(bit)
        _ = try? PNG(decoding: changed)
      }
    }
  }
}

extension [UInt8] {
  /// Whether the characters occur one after the other.
  fileprivate func contains(_ text: String) -> Bool {
    indices.contains { self[$0...].starts(with: text.utf8) }
  }
}
