import Foundation
import Testing

/// Every seed of fuzzing, and every input that a reader once failed at, is read or refused in words.
struct SeedTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Seeds")

  /// A reader that traps ends its process, so each has one of its own; the last line there names the input.
  @Test(arguments: Reader.all.map(\.name)) func `the seeds of a reader are read or refused`(name: String) async throws {
    let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) { [name] in
      try SeedTests.replay(name)
    }
    // Nothing where it succeeded.
    let last = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self).split(separator: "\n")
      .last { $0.hasPrefix("seed ") }
    #expect(last == "seed none is left", "at \(last ?? "no seed")")
  }

  static func replay(_ name: String) throws {
    // A reader that goes on for ever ends by a signal.
    alarm(60)
    let reader = try #require(Reader.all.first { $0.name == name })
    let seeds = try FileManager.default.contentsOfDirectory(
      at: folder.appendingPathComponent(name), includingPropertiesForKeys: nil
    )
    .sorted { $0.path < $1.path }
    try #require(seeds.count >= 3)
    for seed in seeds {
      say("seed \(name)/\(seed.lastPathComponent)")
      let bytes = try [UInt8](Data(contentsOf: seed))
      reader.read(bytes)
      // Cut short and with one byte changed it must not fail either.
      for length in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 16)) {
        say("seed \(name)/\(seed.lastPathComponent), its first \(length) bytes, or with byte \(length) changed")
        reader.read(Array(bytes[..<length]))
        var changed = bytes
        changed[length] ^= 0x81
        reader.read(changed)
      }
    }
    say("seed none is left")
  }

  private static func say(_ line: String) { FileHandle.standardError.write(Data("\(line)\n".utf8)) }

  @Test func `every folder of seeds has its reader`() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: SeedTests.folder.path)
    #expect(folders.sorted() == Reader.all.map(\.name).sorted())
  }
}
