import Datasets
import Files
import Testing

private let text = "the generator and the discriminator, the discriminator and the generator\n"
/// The text as gzip compresses it.
private let compressed: [UInt8] = [
  0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x2b, 0xc9, 0x48, 0x55, 0x48, 0x4f,
  0xcd, 0x4b, 0x2d, 0x4a, 0x2c, 0xc9, 0x2f, 0x52, 0x48, 0xcc, 0x4b, 0x51, 0x28, 0x01, 0x8a, 0xa4,
  0x64, 0x16, 0x27, 0x17, 0x65, 0xe6, 0x66, 0xe6, 0x81, 0x44, 0x75, 0x30, 0x85, 0xe0, 0x0a, 0xe1,
  0x5a, 0xb9, 0x00, 0xee, 0xcc, 0x78, 0x95, 0x49, 0x00, 0x00, 0x00,
]

@Suite struct GunzipTests {
  @Test func `content is restored`() throws {
    #expect(try Gunzip.decompress(compressed) == Array(text.utf8))
    #expect(Gunzip.isCompressed(compressed))
    #expect(!Gunzip.isCompressed(Array(text.utf8)))
  }

  @Test func `every truncation is refused`() {
    for length in compressed.indices {
      #expect(throws: FormatError.self) { try Gunzip.decompress(Array(compressed[..<length])) }
    }
  }

  @Test func `a flipped bit behind the gzip header is refused`() {
    for index in 10..<compressed.count {
      for bit in 0..<8 {
        var changed = compressed
        changed[index] ^= 1 << UInt8(bit)
        #expect(throws: FormatError.self, "byte \(index), bit \(bit)") { try Gunzip.decompress(changed) }
      }
    }
  }

  @Test(arguments: [
    (compressed + [0], "its compressed content is damaged or cut short"),
    (compressed + compressed.dropLast(), "its compressed content is damaged or cut short"),
    (compressed + compressed + [0x1f, 0x8b], "it cannot hold the 2334064640 bytes"),
    (Array(text.utf8), "it is not a file that gzip compressed, or it is cut short"),
    (Array(compressed.dropLast(4)) + [0xff, 0xff, 0xff, 0xff], "it cannot hold the 4294967295 bytes"),
  ])
  func `what is not exactly one compressed file is refused in words`(bytes: [UInt8], problem: String) {
    let failure = #expect(throws: FormatError.self) { try Gunzip.decompress(bytes) }
    #expect(failure?.problem.hasPrefix(problem) == true)
  }

  @Test(arguments: [2, 3, 20]) func `files that gzip compressed and that were joined are read as one`(count: Int) throws
  {
    let joined = (0..<count).flatMap { _ in compressed }
    #expect(try Gunzip.decompress(joined) == Array(String(repeating: text, count: count).utf8))
    let failure = #expect(throws: FormatError.self) {
      try Gunzip.decompress(joined, limit: count * text.utf8.count - 1)
    }
    #expect(failure?.problem.hasPrefix("decompressed it has more than ") == true)
  }

  @Test func `what decompresses to very much is refused within the room that there is`() throws {
    // One block of Deflate's fixed codes: a literal 0, 40 000 times a match of 258 bytes at distance 1, and its end. The
    // file's last four bytes say that it has no content at all.
    var bits: [UInt8] = [1, 1, 0]
    func add(_ code: Int, _ length: Int) { for bit in (0..<length).reversed() { bits.append(UInt8(code >> bit & 1)) } }
    add(0x30, 8)
    for _ in 0..<40_000 {
      add(0xc5, 8)
      add(0, 5)
    }
    add(0, 7)
    var bytes: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]
    for start in stride(from: 0, to: bits.count, by: 8) {
      bytes.append((0..<8).reduce(0) { start + $1 < bits.count ? $0 | bits[start + $1] << UInt8($1) : $0 })
    }
    let failure = #expect(throws: FormatError.self) {
      try Gunzip.decompress(bytes + [0, 0, 0, 0, 0, 0, 0, 0], limit: 1 << 20)
    }
    #expect(failure?.problem == "decompressed it has more than the 1.0 MiB that there is room for")
    #expect(failure?.remedy == "use fewer data, or a machine with more memory")
  }

  @Test func `more than the limit is refused before it is decompressed`() {
    #expect(throws: FormatError.self) { try Gunzip.decompress(compressed, limit: text.utf8.count - 1) }
  }
}
