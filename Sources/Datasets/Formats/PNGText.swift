import CDeflate
import Files

extension PNG {
  /// The bytes of the file with texts about it: tEXt chunks, or iTXt ones for what is not Latin-1.
  /// - Parameter texts: keywords of 1 to 79 letters of ASCII, each with its text.
  package func encoded(texts: [(keyword: String, text: String)]) throws(FormatError) -> [UInt8] {
    try encoded(with: texts.flatMap { PNG.chunk($0.keyword, $0.text) })
  }

  /// The bytes of the file with how large it is meant to be: a pHYs chunk.
  /// - Parameter density: pixels per inch.
  package func encoded(density: Double) throws(FormatError) -> [UInt8] {
    let perMetre = PNG.big(UInt32((density / 0.0254).rounded()))
    return try encoded(with: PNG.chunk(named: "pHYs", perMetre + perMetre + [1]))
  }

  private func encoded(with chunks: [UInt8]) throws(FormatError) -> [UInt8] {
    let bytes = try encoded()
    // Signature and IHDR, which always comes first: 8 and 25 bytes.
    let start = 33
    return Array(bytes[..<start]) + chunks + Array(bytes[start...])
  }

  private static func chunk(_ keyword: String, _ text: String) -> [UInt8] {
    let latin = text.unicodeScalars.allSatisfy { $0.value < 0x100 && $0.value != 0 }
    // iTXt: not compressed, no language, no translated keyword.
    return chunk(
      named: latin ? "tEXt" : "iTXt",
      Array(keyword.utf8) + [0]
        + (latin
          ? text.unicodeScalars.map { UInt8($0.value) } : [0, 0, 0, 0] + Array(text.utf8.filter { $0 != 0 })))
  }

  private static func chunk(named name: String, _ content: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + content
    return big(UInt32(content.count)) + body + big(libdeflate_crc32(0, body, body.count))
  }

  private static func big(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
  }
}
