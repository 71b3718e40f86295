import Datasets
import Files
import TestSupport
import Testing

/// Archives whose headers were written to mislead.
@Suite struct ArchiveTests {
  /// A TAR archive with a folder and a file of five bytes.
  private func archive(size: [UInt8], kind: Character = "0") -> [UInt8] {
    func header(_ name: String, _ size: [UInt8], _ kind: Character) -> [UInt8] {
      var header = [UInt8](repeating: 0, count: 512)
      func put(_ bytes: [UInt8], _ place: Int) {
        for (index, byte) in bytes.enumerated() { header[place + index] = byte }
      }
      put(Array(name.utf8), 0)
      put(size, 124)
      put(Array(String(kind).utf8), 156)
      ArchiveTests.seal(&header, 0)
      return header
    }
    let body = Array("hello".utf8) + [UInt8](repeating: 0, count: 507)
    return header("a.bin", size, kind) + body + [UInt8](repeating: 0, count: 1024)
  }

  /// Puts the checksum of a header into its place.
  private static func seal(_ archive: inout [UInt8], _ place: Int) {
    for index in 148..<156 { archive[place + index] = 32 }
    let sum = archive[place..<(place + 512)].reduce(0) { $0 + Int($1) }
    let digits = String(sum, radix: 8)
    for (index, byte) in (String(repeating: "0", count: 6 - digits.count) + digits).utf8.enumerated() {
      archive[place + 148 + index] = byte
    }
    archive[place + 154] = 0
  }

  /// The files of an archive by their paths.
  private func files(_ bytes: [UInt8], _ format: Archive = .tar) throws(FormatError) -> [String: [UInt8]] {
    Dictionary(try format.files(in: bytes) { _ in true }.map { ($0.path, $0.bytes) }) { first, _ in first }
  }

  @Test(arguments: [
    "00000000005\0", "5\0", "     5 \0", "          5 ", "000000000005",
  ])
  func `a length is octal digits between spaces and zero bytes`(size: String) throws {
    #expect(try files(archive(size: Array(size.utf8))) == ["a.bin": Array("hello".utf8)])
  }

  @Test func `a length may be written as GNU tar writes large ones`() throws {
    #expect(
      try files(archive(size: [0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5])) == ["a.bin": Array("hello".utf8)])
  }

  @Test func `paths are as long as pax writes them, in any script, and links are passed over`() throws {
    let hello = Array("hello".utf8)
    #expect(
      try files(Fixture.bytes("pax.tar")) == [
        String(repeating: "long", count: 40) + "/a.bin": hello, "größe/b.bin": hello, "c.bin": hello,
      ])
    #expect(try files(Fixture.bytes("zip64.zip"), .zip) == ["größe/a.bin": hello + hello])
  }

  static let unknown = "its archive cannot be read: Unrecognized archive format"
  static let damaged = "its archive cannot be read: Damaged tar archive"
  @Test(arguments: [
    ("-0000000001\0", unknown), ("-0000002000\0", unknown), ("+0000000005\0", unknown), ("-1", unknown),
    // No digits: an empty file, behind which the next header should be.
    ("", damaged), ("        \0", damaged),
    ("8", unknown), ("5x", unknown), ("5 5", unknown), ("0x5", unknown),
    ("777777777777", "it cannot hold the 68719476735 bytes that it promises of a file: it is damaged"),
    ("00000003001\0", "its archive cannot be read: Truncated tar archive"),
  ])
  func `any other length is refused`(size: String, problem: String) {
    #expect(throws: FormatError(problem)) { try files(archive(size: Array(size.utf8))) }
    // A folder has no bytes, whatever it says, and "hello" is no header.
    #expect(throws: FormatError(problem == ArchiveTests.unknown ? problem : ArchiveTests.damaged)) {
      try files(archive(size: Array(size.utf8), kind: "5"))
    }
  }

  @Test(
    arguments: [
      ([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], "Tar entry has negative size"),
      ([0xc0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5], "Unrecognized archive format"),
      ([0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0], "Tar entry size overflow"),
      ([0x80, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], "Tar entry size overflow"),
    ] as [([UInt8], String)])
  func `a length that is negative or beyond all files is refused`(size: [UInt8], problem: String) {
    #expect(throws: FormatError("its archive cannot be read: \(problem)")) { try files(archive(size: size)) }
  }

  @Test(arguments: [Archive.tar, .zip])
  func `what is no archive, or the half of one, is refused`(format: Archive) throws {
    for bytes in [[], Array("hello".utf8), Array(String(repeating: "hello", count: 1000).utf8)] as [[UInt8]] {
      #expect(throws: FormatError(ArchiveTests.unknown)) { try files(bytes, format) }
    }
    let whole = try format == .tar ? Gunzip.decompress(Fixture.bytes("archive.tar.gz")) : Fixture.bytes("archive.zip")
    #expect(
      try files(whole, format).mapValues(\.count) == ["folder/a.bin": 768, "folder/other.bin": 0, "folder/c.bin": 2500])
    #expect(throws: FormatError.self) { try files(Array(whole.prefix(whole.count / 3)), format) }
  }

  @Test func `a changed bit of a file in a ZIP archive is noticed`() throws {
    let archive = try Fixture.bytes("archive.zip")
    // The bytes of the first file are stored behind its header and its name.
    var changed = archive
    changed[30 + "folder/a.bin".utf8.count + 5] ^= 4
    let failure = #expect(throws: FormatError.self) { try files(changed, .zip) }
    #expect(failure?.problem.hasPrefix("its archive cannot be read: ZIP bad CRC: 0x") == true)
    #expect(try Archive.zip.files(in: changed) { $0.hasSuffix("c.bin") }.map(\.bytes.count) == [2500])
  }

  @Test func `no change of an archive traps or hangs its reader`() throws {
    let tar = try Gunzip.decompress(Fixture.bytes("archive.tar.gz"))
    let zip = try Fixture.bytes("archive.zip")
    var generator = SeededGenerator(34)
    func changed(_ bytes: [UInt8], within: Int) -> [UInt8] {
      var bytes = bytes
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: 0..<within, using: &generator)
        bytes[place] = [0, 0x20, 0x2b, 0x2d, 0x30, 0x37, 0x7f, 0x80, 0xff].randomElement(using: &generator) ?? 0
      }
      return bytes
    }
    for _ in 0..<3000 {
      var archive = changed(tar, within: tar.count)
      for place in stride(from: 0, to: archive.count, by: 512) where Bool.random(using: &generator) {
        archive[place + 124] = [0x2d, 0x2b, 0x20, 0x80, 0xff, 0x31].randomElement(using: &generator) ?? 0
        ArchiveTests.seal(&archive, place)
      }
      for (_, bytes) in (try? files(archive)) ?? [:] { #expect(bytes.count <= archive.count) }
      let other = changed(zip, within: zip.count)
      for bytes in [other, Array(other.prefix(Int.random(in: 0...other.count, using: &generator)))] {
        for (_, content) in (try? files(bytes, .zip)) ?? [:] { #expect(content.count <= 1032 * bytes.count) }
      }
    }
  }
}
