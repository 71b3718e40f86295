import Datasets
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

  @Test(arguments: [
    "00000000005\0", "5\0", "     5 \0", "          5 ", "000000000005",
  ])
  func `a length is octal digits between spaces and zero bytes`(size: String) throws {
    let archive = archive(size: Array(size.utf8))
    let members = try TAR.members(of: archive)
    #expect(members.map(\.name) == ["a.bin"])
    #expect(Array(archive[members[0].range]) == Array("hello".utf8))
  }

  @Test func `a length may be written as GNU tar writes large ones`() throws {
    let members = try TAR.members(of: archive(size: [0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5]))
    #expect(members[0].range == 512..<517)
  }

  static let damaged = "its archive is damaged after its beginning"
  @Test(arguments: [
    ("-0000000001\0", damaged), ("-0000002000\0", damaged), ("+0000000005\0", damaged), ("-1", damaged), ("", damaged),
    ("        \0", damaged), ("8", damaged), ("5x", damaged), ("5 5", damaged), ("0x5", damaged),
    ("777777777777", "its archive is cut short"), ("00000003001\0", "its archive is cut short"),
  ])
  func `any other length is refused`(size: String, problem: String) {
    for kind in ["0", "5"] as [Character] {
      #expect(throws: FormatError(problem)) { try TAR.members(of: archive(size: Array(size.utf8), kind: kind)) }
    }
  }

  @Test(
    arguments: [
      ([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], damaged),
      ([0xc0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5], damaged),
      ([0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0], damaged),
      ([0x80, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], "its archive is cut short"),
    ] as [([UInt8], String)])
  func `a length that is negative or beyond all files is refused`(size: [UInt8], problem: String) {
    #expect(throws: FormatError(problem)) { try TAR.members(of: archive(size: size)) }
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
      for member in (try? TAR.members(of: archive)) ?? [] {
        #expect(member.range.lowerBound >= 512 && member.range.upperBound <= archive.count)
      }
      let other = changed(zip, within: zip.count)
      for member in (try? ZIP.members(of: other)) ?? [] { _ = try? ZIP.content(of: member, in: other) }
      let cut = Array(other.prefix(Int.random(in: 0...other.count, using: &generator)))
      for member in (try? ZIP.members(of: cut)) ?? [] { _ = try? ZIP.content(of: member, in: cut) }
    }
  }
}
