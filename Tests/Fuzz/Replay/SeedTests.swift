import Foundation
import Testing

/// Every seed of fuzzing, and every input that a reader once failed at, is read or refused in words.
struct SeedTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Seeds")

  /// A reader that traps ends its process, so each has one of its own, which writes down the input that it is at.
  @Test(arguments: Reader.all.map(\.name)) func `the seeds of a reader are read or refused`(name: String) async throws {
    let note = FileManager.default.temporaryDirectory.appendingPathComponent("gan-exp-seed-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: note) }
    await #expect(processExitsWith: .success) { [name, note = note as String] in
      try SeedTests.replay(name, note)
    }
    let last = try String(contentsOfFile: note, encoding: .utf8)
    #expect(last == "no more seeds", "it failed at Tests/Fuzz/Seeds/\(last)")
  }

  static func replay(_ name: String, _ note: String) throws {
    // A reader that goes on for ever ends by a signal.
    alarm(60)
    let reader = try #require(Reader.all.first { $0.name == name })
    let seeds = try FileManager.default.contentsOfDirectory(
      at: folder.appendingPathComponent(name), includingPropertiesForKeys: nil
    )
    .sorted { $0.path < $1.path }
    try #require(seeds.count >= 3)
    func at(_ place: String) throws { try Data(place.utf8).write(to: URL(fileURLWithPath: note)) }
    for seed in seeds {
      try at("\(name)/\(seed.lastPathComponent)")
      let bytes = try [UInt8](Data(contentsOf: seed))
      reader.read(bytes)
      // Cut short and with one byte changed it must not fail either.
      for length in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 16)) {
        try at("\(name)/\(seed.lastPathComponent), its first \(length) bytes, or with byte \(length) changed")
        reader.read(Array(bytes[..<length]))
        var changed = bytes
        changed[length] ^= 0x81
        reader.read(changed)
      }
    }
    try at("no more seeds")
  }

  @Test func `every folder of seeds has its reader`() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: SeedTests.folder.path)
    #expect(folders.sorted() == Reader.all.map(\.name).sorted())
  }
}
