import Testing

/// What is in a GIF file, read as "Graphics Interchange Format, Version 89a", CompuServe, 1990, says.
struct GIFReading {
  private(set) var size: [Int] = []
  private(set) var loops = false
  private(set) var hundredths: [Int] = []
  /// Red, green and blue of each pixel of each image.
  private(set) var images: [[UInt8]] = []

  init(_ bytes: [UInt8]) throws {
    func half(_ place: Int) -> Int { Int(bytes[place]) | Int(bytes[place + 1]) << 8 }
    #expect(String(decoding: bytes.prefix(6), as: UTF8.self) == "GIF89a")
    size = [half(6), half(8)]
    var place = 13 + (bytes[10] & 0x80 == 0 ? 0 : 3 << (Int(bytes[10] & 7) + 1))
    /// The data of sub-blocks.
    func blocks() -> [UInt8] {
      var data: [UInt8] = []
      while bytes[place] != 0 {
        let length = Int(bytes[place])
        data += bytes[(place + 1)...(place + length)]
        place += length + 1
      }
      place += 1
      return data
    }
    while bytes[place] != 0x3b {
      if bytes[place] == 0x21 {
        let kind = bytes[place + 1]
        place += 2
        let data = blocks()
        if kind == 0xff {
          loops = String(decoding: data.prefix(11), as: UTF8.self) == "NETSCAPE2.0" && data.suffix(2) == [0, 0]
        }
        if kind == 0xf9 { hundredths.append(Int(data[1]) | Int(data[2]) << 8) }
        continue
      }
      try #require(bytes[place] == 0x2c)
      let (width, height, flags) = (half(place + 5), half(place + 7), bytes[place + 9])
      try #require(flags & 0xc0 == 0x80)
      let colors = 1 << (Int(flags & 7) + 1)
      let table = Array(bytes[(place + 10)..<(place + 10 + 3 * colors)])
      place += 10 + 3 * colors
      let least = Int(bytes[place])
      place += 1
      let indices = GIFReading.decoded(blocks(), least)
      #expect(indices.count == width * height)
      images.append(indices.flatMap { Array(table[(3 * $0)..<(3 * $0 + 3)]) })
    }
  }

  /// LZW with codes of variable length (Appendix F).
  private static func decoded(_ data: [UInt8], _ least: Int) -> [Int] {
    let (clear, end) = (1 << least, 1 << least + 1)
    var words: [[Int]] = []
    var (length, bits, room) = (least + 1, 0, 0)
    var before: [Int]?
    var result: [Int] = []
    func reset() { words = (0..<(1 << least)).map { [$0] } + [[], []] }
    reset()
    for byte in data {
      bits |= Int(byte) << room
      room += 8
      while room >= length {
        let code = bits & (1 << length - 1)
        bits >>= length
        room -= length
        if code == clear {
          reset()
          (length, before) = (least + 1, nil)
          continue
        }
        if code == end { return result }
        let word: [Int]
        if code < words.count {
          word = words[code]
        } else if let before {
          word = before + [before[0]]
        } else {
          return result
        }
        result += word
        if let before, words.count < 4096 { words.append(before + [word[0]]) }
        if words.count == 1 << length, length < 12 { length += 1 }
        before = word
      }
    }
    return result
  }
}
