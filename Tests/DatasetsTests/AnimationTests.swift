import Datasets
import Files
import Testing

/// Animated files, read by code that follows their specifications alone.
struct AnimationTests {
  /// Three gray images of 5 x 3 pixels.
  private func gray() throws -> [PNG] {
    try (0..<3).map { frame in
      try PNG(width: 5, height: 3, color: .gray, pixels: (0..<15).map { UInt8(($0 * 17 + frame * 40) % 256) })
    }
  }

  private func frames(_ images: [PNG]) -> [AnimatedPNG.Frame] {
    images.enumerated().map { AnimatedPNG.Frame($1, seconds: 0.25 * Double($0 + 1)) }
  }

  /// CRC-32 bit by bit (ISO 3309).
  private func crc(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    var value: UInt32 = 0xffff_ffff
    for byte in bytes {
      value ^= UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xedb8_8320 : value >> 1 }
    }
    return ~value
  }

  private func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }

  @Test func `an animated PNG has a control chunk before each image, numbered in order, and shows its first elsewhere`()
    throws
  {
    let images = try gray()
    let bytes = try AnimatedPNG(frames(images)).encoded()
    #expect(try PNG(decoding: bytes) == images[0])
    var place = 8
    var names: [String] = []
    var sequence: [Int] = []
    var delays: [[Int]] = []
    var data: [[UInt8]] = []
    while place < bytes.count {
      let length = number(bytes[place..<(place + 4)])
      let name = String(decoding: bytes[(place + 4)..<(place + 8)], as: UTF8.self)
      let content = bytes[(place + 8)..<(place + 8 + length)]
      #expect(
        number(bytes[(place + 8 + length)..<(place + 12 + length)])
          == Int(crc(bytes[(place + 4)..<(place + 8 + length)])))
      names.append(name)
      let start = content.startIndex
      switch name {
      case "acTL": #expect(Array(content) == [0, 0, 0, 3, 0, 0, 0, 0])
      case "fcTL":
        sequence.append(number(content.prefix(4)))
        #expect(number(content[(start + 4)..<(start + 8)]) == 5 && number(content[(start + 8)..<(start + 12)]) == 3)
        delays.append([number(content[(start + 20)..<(start + 22)]), number(content[(start + 22)..<(start + 24)])])
        data.append([])
      case "IDAT": data[data.count - 1] += content
      case "fdAT":
        sequence.append(number(content.prefix(4)))
        data[data.count - 1] += content.dropFirst(4)
      default: break
      }
      place += 12 + length
    }
    #expect(names.first == "IHDR" && names.last == "IEND")
    #expect(names.filter { $0 == "fcTL" }.count == 3)
    #expect(sequence == Array(0..<5))
    #expect(delays == [[250, 1000], [500, 1000], [750, 1000]])
    // Each image's data are those of the image alone.
    for (image, own) in zip(images, data) {
      let still = try image.encoded()
      let head = try #require(names.firstIndex(of: "IDAT"))
      #expect(head > 1 && still.count > own.count)
      #expect(still.firstRange(of: own) != nil)
    }
  }

  @Test func `a GIF keeps the levels of gray images, their order and their times`() throws {
    let images = try gray()
    let gif = try GIFReading(try AnimatedGIF(frames(images)).encoded())
    #expect(gif.size == [5, 3] && gif.loops)
    #expect(gif.hundredths == [25, 50, 75])
    for (image, read) in zip(images, gif.images) {
      #expect(read == image.pixels.flatMap { [$0, $0, $0] })
    }
  }

  @Test func `a GIF of few colors keeps them nearly`() throws {
    let pixels: [UInt8] = (0..<64).flatMap { $0 % 2 == 0 ? [200, 30, 40] : [10, 90, 250] }
    let image = try PNG(width: 8, height: 8, color: .rgb, pixels: pixels)
    let gif = try GIFReading(try AnimatedGIF([AnimatedPNG.Frame(image, seconds: 1)]).encoded())
    // giflib counts colors by their five highest bits.
    #expect(zip(gif.images[0], pixels).allSatisfy { abs(Int($0) - Int($1)) < 8 })
  }

  @Test func `images that are not alike are refused`() throws {
    let other = try PNG(width: 4, height: 3, color: .gray, pixels: [UInt8](repeating: 0, count: 12))
    let mixed = [AnimatedPNG.Frame(try gray()[0], seconds: 1), AnimatedPNG.Frame(other, seconds: 1)]
    #expect(throws: FormatError.self) { try AnimatedPNG(mixed) }
    #expect(throws: FormatError.self) { try AnimatedGIF(mixed) }
    #expect(throws: FormatError.self) { try AnimatedPNG([]) }
  }
}
