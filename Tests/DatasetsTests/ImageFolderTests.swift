import Datasets
import Foundation
import TestSupport
import Testing

/// The picture of the fixtures: red rises to the right, green downwards, blue is 60.
private func picture(_ y: Int, _ x: Int) -> [Int] { [x * 255 / 19, y * 255 / 11, 60] }

/// The checksum of PNG's chunks (ISO 3309), bit by bit.
private func crc32(_ bytes: ArraySlice<UInt8>) -> UInt32 {
  ~bytes.reduce(~UInt32(0)) { sum, byte in
    (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in value >> 1 ^ (value & 1 == 1 ? 0xedb8_8320 : 0) }
  }
}

@Suite struct ImageFolderTests {
  /// A folder with one of the fixtures.
  private func folder(_ name: String) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.put(Fixture.bytes(name), into: name)
    return folder
  }

  @Test(arguments: [("color.png", 0), ("palette.png", 4), ("color.jpg", 8), ("progressive.jpg", 8)])
  func `a picture of the wanted size has its pixels`(name: String, tolerance: Int) throws {
    let folder = try folder(name)
    let table = try loaded("image_folder", "path: \"\(folder.path)\", size: [12, 20]")
    #expect(table.sampleShape == [12, 20, 3])
    #expect(table.labels == nil)
    for y in 0..<12 {
      for x in 0..<20 {
        for (channel, value) in picture(y, x).enumerated() {
          #expect(abs(Int(table.bytes[(y * 20 + x) * 3 + channel]) - value) <= tolerance)
        }
      }
    }
  }

  @Test(arguments: ["color.png", "gray.png"])
  func `gray is that of Rec. 601, as Pillow makes it too`(name: String) throws {
    let folder = try folder(name)
    let table = try loaded("image_folder", "path: \"\(folder.path)\", size: [12, 20], channels: gray")
    #expect(table.sampleShape == [12, 20, 1])
    for y in 0..<12 {
      for x in 0..<20 {
        let color = picture(y, x)
        let value = Double(299 * color[0] + 587 * color[1] + 114 * color[2]) / 1000
        #expect(abs(Double(table.bytes[y * 20 + x]) - value) <= (name == "color.png" ? 0.5 : 1))
      }
    }
  }

  @Test func `transparent parts lie over black, and 16 bits lose the lower ones`() throws {
    let transparent = try folder("transparent.png")
    let table = try loaded("image_folder", "path: \"\(transparent.path)\", size: [12, 20]")
    #expect(Array(table.bytes[27..<30]) == picture(0, 9).map { UInt8($0) })
    #expect(Array(table.bytes[30..<33]) == [0, 0, 0])
    let deep = try folder("sixteen-bits.png")
    let gray = try loaded("image_folder", "path: \"\(deep.path)\", size: [12, 20], channels: gray")
    #expect(gray.bytes == (0..<240).map { UInt8($0) })
  }

  /// What a resize has to give: the picture with each pixel repeated as often as the other size has pixels, and the
  /// mean of each block of it.
  private func reference(_ pixels: [UInt8], _ height: Int, _ width: Int, to: (height: Int, width: Int)) -> [UInt8] {
    var result: [UInt8] = []
    for y in 0..<to.height {
      for x in 0..<to.width {
        for channel in 0..<3 {
          var sum = 0
          for dy in 0..<height {
            for dx in 0..<width {
              let (row, column) = ((y * height + dy) / to.height, (x * width + dx) / to.width)
              sum += Int(pixels[(row * width + column) * 3 + channel])
            }
          }
          result.append(UInt8((Double(sum) / Double(height * width) + 0.5).rounded(.down)))
        }
      }
    }
    return result
  }

  @Test(arguments: [(12, 20), (6, 10), (5, 7), (1, 1), (24, 40), (13, 21), (3, 33)])
  func `stretching takes exact means over areas`(height: Int, width: Int) throws {
    let folder = try folder("color.png")
    let pixels = try loaded("image_folder", "path: \"\(folder.path)\", size: [12, 20]").bytes
    let table = try loaded(
      "image_folder", "path: \"\(folder.path)\", size: [\(height), \(width)], resize: stretch")
    #expect(table.bytes == reference(pixels, 12, 20, to: (height, width)))
  }

  @Test func `cropping takes the middle, fitting leaves black around`() throws {
    let folder = try folder("color.png")
    let crop = try loaded("image_folder", "path: \"\(folder.path)\", size: 12")
    #expect(Array(crop.bytes[0..<3]) == picture(0, 4).map { UInt8($0) })
    #expect(Array(crop.bytes[33..<36]) == picture(0, 15).map { UInt8($0) })
    let fit = try loaded("image_folder", "path: \"\(folder.path)\", size: 20, resize: fit")
    for row in 0..<20 where row < 4 || row >= 16 {
      #expect(fit.bytes[(row * 60)..<(row * 60 + 60)].allSatisfy { $0 == 0 })
    }
    #expect(Array(fit.bytes[(4 * 60)..<(4 * 60 + 3)]) == picture(0, 0).map { UInt8($0) })
    #expect(Array(fit.bytes[(15 * 60)..<(15 * 60 + 3)]) == picture(11, 0).map { UInt8($0) })
  }

  @Test func `subfolders are classes, files are in the order of their bytes, the rest is said`() throws {
    let folder = try TemporaryFolder()
    let png = try Fixture.bytes("color.png")
    for name in ["b/10.png", "b/9.PNG", "a/x/deep.jpeg", "a/z.png", "B/1.png"] {
      try folder.put(name.hasSuffix("jpeg") ? Fixture.bytes("gray.jpg") : png, into: name)
    }
    for name in ["notes.txt", "a/Thumbs.db", ".hidden.png"] { try folder.put("", into: name) }
    let fields = "path: \"\(folder.path)\", size: 4"
    let table = try loaded("image_folder", fields)
    #expect(table.labels == [0, 1, 1, 2, 2])
    let survey = try dataset("image_folder", fields).dataset.survey(in: .standard())
    #expect(survey.classes == Classes(["B", "a", "b"]))
    #expect(
      survey.notes.map(\.text) == [
        "2 files of \(folder.path) are neither PNG nor JPEG and are left out: a/Thumbs.db, notes.txt"
      ])
    let gray = table.values(of: 1)
    #expect(gray[0] == gray[1] && gray[1] == gray[2])
  }

  @Test func `what changes a picture changes the digest, and a picture elsewhere does not`() throws {
    let (one, two) = (try folder("color.png"), try folder("color.png"))
    let fields = "size: [12, 20]"
    let digest = try loaded("image_folder", "path: \"\(one.path)\", \(fields)").digest
    #expect(try loaded("image_folder", "path: \"\(two.path)\", \(fields)").digest == digest)
    try two.put(Fixture.bytes("color.jpg"), into: "color.png")
    #expect(try loaded("image_folder", "path: \"\(two.path)\", \(fields)").digest != digest)
  }

  @Test(arguments: [
    ("cmyk.jpg", "its colors have 4 parts (CMYK?), but only gray and RGB are read"),
    ("archive.zip", "it is neither a PNG nor a JPEG file"),
  ])
  func `what is no such picture is refused by name`(name: String, problem: String) throws {
    let folder = try TemporaryFolder()
    try folder.put(Fixture.bytes(name), into: "class/a.jpg")
    let error = try refusal("image_folder", "path: \"\(folder.path)\", size: 8")
    #expect(error.headline == "\(folder.path)/class/a.jpg: \(problem)")
    #expect(error.remedy == "put an undamaged picture in its place, or remove it")
  }

  @Test func `a folder must have pictures, in itself or in subfolders`() throws {
    let folder = try TemporaryFolder()
    let fields = "path: \"\(folder.path)\", size: 8"
    #expect(try refusal("image_folder", fields).headline == "\(folder.path) has no PNG or JPEG files")
    try folder.put(Fixture.bytes("color.png"), into: "a.png")
    try folder.put(Fixture.bytes("color.png"), into: "b/c.png")
    #expect(
      try refusal("image_folder", fields).headline
        == "\(folder.path) has pictures in itself (a.png) and in subfolders (b), which are classes")
    #expect(
      try refusal("image_folder", "path: \"\(folder("a.png"))\", size: 8").headline.contains(
        "is a file, but a folder is wanted"))
  }

  @Test func `links that lead back are refused`() throws {
    let folder = try TemporaryFolder()
    try folder.put(Fixture.bytes("color.png"), into: "a/b.png")
    try FileManager.default.createSymbolicLink(atPath: folder("a/up"), withDestinationPath: folder.path)
    let error = try refusal("image_folder", "path: \"\(folder.path)\", size: 8")
    #expect(error.headline.hasSuffix("leads back to a folder above it, or too deep"))
  }

  @Test(arguments: ["color.jpg", "progressive.jpg", "color.png"])
  func `a picture cut short is refused, and a changed bit never crashes`(name: String) throws {
    let folder = try TemporaryFolder()
    let dataset = try dataset("image_folder", "path: \"\(folder.path)\", size: 8").dataset
    let file = try Fixture.bytes(name)
    // The last bytes of a PNG, checksums and its end mark, are not asked for.
    for length in stride(from: 0, to: file.count - 24, by: 5) {
      try folder.put(Array(file[..<length]), into: "a.jpg")
      #expect(throws: DataError.self, "\(length)") { try dataset.load(from: .standard(), seed: 0) }
    }
    for byte in file.indices {
      var changed = file
      changed[byte] ^= 1 << UInt8(byte % 8)
      try folder.put(changed, into: "a.jpg")
      if let table = try? dataset.load(from: .standard(), seed: 0) { #expect(table.bytes.count == 192) }
    }
  }

  @Test func `a small file that claims a huge picture gets no room`() throws {
    let folder = try TemporaryFolder()
    var jpeg = try Fixture.bytes("color.jpg")
    let frame = try #require(jpeg.indices.dropLast().first { jpeg[$0] == 0xff && jpeg[$0 + 1] == 0xc0 })
    for offset in 5..<9 { jpeg[frame + offset] = 0xff }
    try folder.put(jpeg, into: "a.jpg")
    let error = try refusal("image_folder", "path: \"\(folder.path)\", size: 8")
    #expect(error.headline.hasPrefix("\(folder("a.jpg")): "))
    var png = try Fixture.bytes("color.png")
    // Width and height in the first chunk, and its checksum.
    png.replaceSubrange(16..<24, with: [0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60])
    let checksum = crc32(png[12..<29])
    png.replaceSubrange(29..<33, with: [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: checksum >> $0) })
    try folder.put(png, into: "a.jpg")
    #expect(
      try refusal("image_folder", "path: \"\(folder.path)\", size: 8").headline
        == "\(folder("a.jpg")): an image of 60000 x 60000 pixels is too large to be read")
  }

  /// Puts a fixture into a folder under a name that need not be UTF-8.
  private func put(_ name: String, _ folder: TemporaryFolder, as bytes: [UInt8]) throws {
    let path = Array(folder.path.utf8) + [0x2f] + bytes
    if let slash = bytes.lastIndex(of: 0x2f) {
      let inner = Array(folder.path.utf8) + [0x2f] + bytes[..<slash]
      mkdir(inner.map { CChar(bitPattern: $0) } + [0], 0o777)
    }
    let file = try #require(fopen(path.map { CChar(bitPattern: $0) } + [0], "w"))
    defer { fclose(file) }
    let content = try Fixture.bytes(name)
    #expect(fwrite(content, 1, content.count, file) == content.count)
  }

  @Test func `a name that is not UTF-8 is opened by its bytes, and shown with those escaped`() throws {
    let folder = try TemporaryFolder()
    try put("color.png", folder, as: Array("caf".utf8) + [0xe9] + Array(".PNG".utf8))
    #expect(try loaded("image_folder", "path: \"\(folder.path)\", size: 8").count == 1)
    try put("archive.zip", folder, as: [0xff, 0x0a] + Array("é.jpg".utf8))
    #expect(
      try refusal("image_folder", "path: \"\(folder.path)\", size: 8").headline
        == "\(folder.path)/\\xff\\x0aé.jpg: it is neither a PNG nor a JPEG file")
  }

  @Test func `class folders are different where their bytes are`() throws {
    let folder = try TemporaryFolder()
    for name in ["e\u{301}", "\u{e9}", "z"] {
      try put("color.png", folder, as: Array("\(name)/a.png".utf8))
      try put("gray.png", folder, as: Array("\(name)/b.png".utf8))
    }
    try put("color.png", folder, as: [0xe9] + Array("/a.png".utf8))
    let table = try loaded("image_folder", "path: \"\(folder.path)\", size: 8")
    #expect(table.labels == [0, 0, 1, 1, 2, 2, 3])
    let survey = try dataset("image_folder", "path: \"\(folder.path)\", size: 8").dataset.survey(in: .standard())
    let names = ["e\u{301}", "z", "\u{e9}", "\\xe9"]
    #expect(survey.classes?.names?.map { Array($0.utf8) } == names.map { Array($0.utf8) })
  }

  @Test func `a pipe among the pictures is refused, and not waited for`() throws {
    let folder = try TemporaryFolder()
    #expect(mkfifo(folder("a.png"), 0o600) == 0)
    let error = try refusal("image_folder", "path: \"\(folder.path)\", size: 8")
    #expect(error.headline == "\(folder("a.png")) is a pipe, but a file is wanted")
  }
}
