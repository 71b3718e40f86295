import Compute
import Datasets
import Foundation
import Runs
import TestSupport
import Testing

/// Samples as pictures and as numbers.
@Suite struct SampleTests {
  /// A run of a small spec: points, a table of named columns with classes, or images with classes.
  private func world() throws -> AnswerWorld { try AnswerWorld() }

  @Test func `a picture says what it is, and has the pixels and the bytes that a picture has`() throws {
    let world = try world()
    for (run, arguments) in [("ring/001", ""), ("digits", "-n 3"), ("table", "-n 50 --caption")] {
      #expect(try world.status("gan-exp sample \(run) \(arguments) --seed 9 -o p.png") == 0)
      let bytes = try world.bytes("p.png")
      let chunks = try Chunk.all(in: bytes)
      #expect(chunks.first?.name == "IHDR" && chunks.last?.name == "IEND")
      let texts = Dictionary(chunks.compactMap(\.text)) { first, _ in first }
      #expect(texts["run"]?.hasPrefix(run.prefix(4)) == true && texts["seed"] == "9")
      #expect(texts["Title"] == String(run.prefix { $0 != "/" }))
      #expect(Int(texts["step"] ?? "") ?? 0 > 0)
      #expect(try PNG(decoding: bytes).width > 50)
    }
  }

  @Test(arguments: ["ring/001", "ring/002", "table", "digits"])
  func `the plain form of a sample without options is the run's own last sheet`(run: String) throws {
    let world = try world()
    let count = run == "table" ? "-n 20" : ""
    #expect(try world.status("gan-exp sample \(run) \(count) --plain -o plain.png") == 0)
    #expect(
      try world.status("cmp plain.png \"$(gan-exp show \(run) | grep ^samples | awk '{print $2}')\"") == 0)
  }

  @Test func `arrays for NumPy have the values, labels and latent vectors of the table as text`() throws {
    let world = try world()
    for ending in ["csv", "npy", "npz"] {
      #expect(try world.status("gan-exp sample table -n 6 --seed 3 -o s.\(ending)") == 0)
    }
    let lines = try String(decoding: world.bytes("s.csv"), as: UTF8.self).split(separator: "\n")
    #expect(lines[0] == "weight,height,share,class")
    let cells = lines.dropFirst().map { $0.split(separator: ",") }
    let numbers = cells.flatMap { $0.dropLast().compactMap { Float($0) } }
    #expect(cells.count == 6 && numbers.count == 18)
    // Equally many of each class.
    #expect(cells.map { String($0.last ?? "") } == ["cat", "cat", "cat", "dog", "dog", "dog"])
    let alone = try Array(world.bytes("s.npy"))
    let array = try NumPy(alone)
    #expect(array.type == "<f4" && array.shape == [6, 3] && array.floats == numbers)
    let members = try StoredZIP.members(of: world.bytes("s.npz"))
    #expect(members.map(\.name) == ["samples.npy", "labels.npy", "latent.npy"])
    #expect(members[0].content == alone)
    let labels = try NumPy(members[1].content)
    #expect(labels.type == "<i8" && labels.shape == [6] && labels.integers == [0, 0, 0, 1, 1, 1])
    let latent = try NumPy(members[2].content)
    #expect(latent.type == "<f4" && latent.shape == [6, 4] && Set(latent.floats).count == 24)
  }

  @Test func `images keep their axes, in the range of the data`() throws {
    let world = try world()
    #expect(try world.status("gan-exp sample digits -n 2 -o - --format npy > d.npy") == 0)
    let array = try NumPy(world.bytes("d.npy"))
    #expect(array.shape == [2, 28, 28, 1] && array.floats.allSatisfy { abs($0) <= 1 })
    #expect(try world.status("gan-exp sample digits -n 2 -o - --format csv > d.csv") == 0)
    let lines = try String(decoding: world.bytes("d.csv"), as: UTF8.self).split(separator: "\n")
    #expect(lines[0].hasPrefix("x0,x1,") && lines[0].hasSuffix(",x783"))
    #expect(lines.dropFirst().flatMap { $0.split(separator: ",").compactMap { Float($0) } } == array.floats)
  }

  @Test(
    arguments: [
      // 2 x 2 images of 28 x 28, doubled, with a border.
      ("digits -n 4 --border 4", 2 * 56 + 3 * 4, 2 * 56 + 3 * 4), ("digits -n 4 --border 0 --scale 1", 56, 56),
      ("digits -n 4 --border 1 --scale 3", 2 * 84 + 3, 2 * 84 + 3),
    ] as [(String, Int, Int)])
  func `a sheet of images is as large as scale and border make it`(arguments: String, width: Int, height: Int) throws {
    let world = try world()
    for (ground, level) in [("white", UInt8(255)), ("black", 0)] {
      #expect(try world.status("gan-exp sample \(arguments) --background \(ground) -o s.png") == 0)
      let picture = try PNG(decoding: world.bytes("s.png"))
      #expect(picture.width == width && picture.height == height)
      #expect(picture.color == .gray && (arguments.contains("--border 0") || picture.pixels[0] == level))
    }
  }

  @Test(arguments: [
    ("-n 100000 --scale 32", "an image cannot have 285304 x 284404 pixels: all of them have at most 4.0 GiB"),
    (
      "-n 100000 --scale 32 --border 256",
      "an image cannot have 365440 x 364288 pixels: all of them have at most 4.0 GiB"
    ),
  ]) func `a picture that no file holds is refused at once`(
    arguments: String, problem: String
  ) throws {
    let world = try world()
    let result = try Program.shell("ulimit -v 6000000; $GAN sample digits \(arguments) -o s.png", in: world.folder.path)
    #expect(
      result.errors == """
        gan-exp: error: the samples: \(problem)
                 ask for fewer with -n, or a smaller --scale

        """)
    #expect(result.status == 65)
  }

  @Test func `points outside the frame leave a mark in red`() throws {
    // What was trained for two epochs on a small ring reaches beyond it or not: the legend and the marks agree.
    let world = try world()
    #expect(try world.status("gan-exp sample ring/001 -n 400 -o s.png") == 0)
    let picture = try PNG(decoding: world.bytes("s.png"))
    #expect(picture.color == .rgb && picture.width > 500)
    #expect(try world.status("gan-exp sample ring/001 -n 400 -o s.csv") == 0)
    let lines = try String(decoding: world.bytes("s.csv"), as: UTF8.self).split(separator: "\n").dropFirst()
    let isOutside = lines.contains { $0.split(separator: ",").contains { abs(Double($0) ?? 0) > 1.35 } }
    let isRed = stride(from: 0, to: picture.pixels.count, by: 3).contains {
      picture.pixels[$0] == 205 && picture.pixels[$0 + 1] == 40 && picture.pixels[$0 + 2] == 30
    }
    #expect(isRed == isOutside)
  }

  @Test func `axes have round numbers`() {
    let cases: [(Double, Double, [String])] = [
      (-1.35, 1.35, ["-1", "0", "1"]), (0, 1, ["0.0", "0.5", "1.0"]), (-12, 5, ["-10", "-5", "0", "5"]),
      (0, 250, ["0", "100", "200"]), (0.001, 0.0035, ["0.001", "0.002", "0.003"]), (3, 3, []),
    ]
    for (least, greatest, texts) in cases {
      #expect(Scale(.linear, least, greatest).ticks(atMost: 4).map(\.text) == texts, "\(least) ... \(greatest)")
    }
    #expect(Scale(over: [1.0, .nan, 3, .infinity] as [Double], margin: 0.5) == Scale(.linear, 0, 4))
    #expect(Scale(over: [Double](), margin: 0.5) == Scale(.linear, -2, 2))
    // Equal values have half a unit on both sides where pictures of samples ask for it.
    #expect(Scale(over: [1.0, 1], margin: 0.15, room: 0.5) == Scale(.linear, 0.5, 1.5))
    #expect(Scale(over: [20.0, 20], margin: 0.15, room: 0.5) == Scale(.linear, 18, 22))
  }
}

/// A chunk of a PNG file, read without libpng.
private struct Chunk {
  let name: String
  let content: [UInt8]

  /// The keyword and the text of a tEXt chunk.
  var text: (String, String)? {
    guard name == "tEXt", let end = content.firstIndex(of: 0) else { return nil }
    func latin(_ bytes: ArraySlice<UInt8>) -> String { String(bytes.map { Character(Unicode.Scalar($0)) }) }
    return (latin(content[..<end]), latin(content[(end + 1)...]))
  }

  static func all(in file: [UInt8]) throws -> [Chunk] {
    try #require(file.starts(with: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
    var chunks: [Chunk] = []
    var place = 8
    while place < file.count {
      func number(_ at: Int) -> Int { file[at..<(at + 4)].reduce(0) { $0 << 8 | Int($1) } }
      let length = number(place)
      let body = Array(file[(place + 4)..<(place + 8 + length)])
      try #require(number(place + 8 + length) == Int(crc(body)))
      chunks.append(Chunk(name: String(decoding: body[..<4], as: UTF8.self), content: Array(body[4...])))
      place += 12 + length
    }
    return chunks
  }
}

/// CRC-32 of ISO 3309, bit by bit.
private func crc(_ bytes: [UInt8]) -> UInt32 {
  ~bytes.reduce(UInt32.max) { value, byte in
    (0..<8).reduce(value ^ UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xedb8_8320 : value >> 1 }
  }
}

/// An array as NumPy's format (NEP 1) says, read to its last byte.
private struct NumPy {
  let type: String
  let shape: [Int]
  private let data: ArraySlice<UInt8>

  init(_ file: [UInt8]) throws {
    try #require(file.starts(with: [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]))
    let length = Int(file[8]) | Int(file[9]) << 8
    try #require((10 + length) % 64 == 0 && file[9 + length] == 0x0a)
    let header = String(decoding: file[10..<(10 + length)], as: UTF8.self)
    let pattern = #/\{'descr': '(<f4|<i8)', 'fortran_order': False, 'shape': \(([0-9, ]+)\), \} *\n/#
    let match = try #require(try pattern.wholeMatch(in: header))
    type = String(match.1)
    let axes = match.2.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    shape = axes.compactMap { Int($0) }
    // A tuple of one needs its comma.
    try #require(shape.count > 1 || match.2.hasSuffix(","))
    data = file[(10 + length)...]
    try #require(data.count == shape.reduce(type == "<f4" ? 4 : 8, *))
  }

  private func words(_ size: Int) -> [UInt64] {
    stride(from: data.startIndex, to: data.endIndex, by: size).map { start in
      (0..<size).reduce(0) { $0 | UInt64(data[start + $1]) << (8 * UInt64($1)) }
    }
  }
  var floats: [Float] { words(4).map { Float(bitPattern: UInt32($0)) } }
  var integers: [Int] { words(8).map { Int(bitPattern: UInt($0)) } }
}

/// A ZIP archive of stored files, read from its directory.
private enum StoredZIP {
  static func members(of file: [UInt8]) throws -> [(name: String, content: [UInt8])] {
    func number(_ place: Int, _ size: Int) -> Int { (0..<size).reduce(0) { $0 | Int(file[place + $1]) << (8 * $1) } }
    let end = file.count - 22
    try #require(number(end, 4) == 0x0605_4b50 && number(end + 8, 2) == number(end + 10, 2))
    var place = number(end + 16, 4)
    try #require(place + number(end + 12, 4) == end)
    var members: [(String, [UInt8])] = []
    for _ in 0..<number(end + 10, 2) {
      try #require(number(place, 4) == 0x0201_4b50 && number(place + 10, 2) == 0)
      let (size, length, start) = (number(place + 24, 4), number(place + 28, 2), number(place + 42, 4))
      try #require(number(start, 4) == 0x0403_4b50 && number(start + 22, 4) == size && number(start + 18, 4) == size)
      try #require(Array(file[(start + 6)..<(start + 28)]) == Array(file[(place + 8)..<(place + 30)]))
      let name = String(decoding: file[(place + 46)..<(place + 46 + length)], as: UTF8.self)
      let content = Array(file[(start + 30 + length)..<(start + 30 + length + size)])
      try #require(Int(crc(content)) == number(place + 16, 4))
      members.append((name, content))
      place += 46 + length
    }
    return members
  }
}
