import Foundation
import TestSupport
import Testing

/// Files made to take the program down, and paths that are no files.
struct HostileSpecsTests {
  @Test(arguments: HostileSpec.table)
  func `it is refused at once`(spec: HostileSpec) throws {
    let folder = try TemporaryFolder()
    try Data(spec.bytes).write(to: URL(fileURLWithPath: folder("x.yaml")))
    let result = try end(of: ["check", "x.yaml"], in: folder)
    #expect(result.errors.split(separator: "\n").first.map(String.init) == spec.expected)
    #expect(result.errors.utf8.count < 20_000)
    #expect(result.status == 65)
  }

  @Test func `a chain of long specs is refused`() throws {
    let folder = try TemporaryFolder()
    let filling = String(repeating: "#\n", count: 25_000)
    for number in 1...7 { try folder.put("extends: \(number + 1).yaml\n" + filling, into: "\(number).yaml") }
    try folder.put("seed: 1\n", into: "8.yaml")
    let result = try end(of: ["check", "1.yaml"], in: folder)
    #expect(
      result.errors.hasPrefix(
        "5.yaml:1:10: error: with 6.yaml the specs that extend one another have more than 262144 bytes\n"))
    #expect(result.status == 65)
  }

  @Test func `a path that is no spec is refused`() throws {
    let folder = try TemporaryFolder()
    #expect(mkfifo(folder("pipe"), 0o600) == 0)
    try FileManager.default.createDirectory(atPath: folder("folder"), withIntermediateDirectories: false)
    try folder.put(String(repeating: "#", count: 1 << 20), into: "long.yaml")
    try folder.put("", into: "endless.yaml")
    #expect(truncate(folder("endless.yaml"), 1 << 40) == 0)
    for (path, expected, status) in [
      ("pipe", "gan-exp: error: pipe is a pipe, not a file\n         write the spec to a file first\n", 65),
      ("folder", "gan-exp: error: folder is a folder, not a spec\n         give the path of a file in it\n", 65),
      ("/dev/null", "gan-exp: error: /dev/null is a device, not a file\n         write the spec to a file first\n", 65),
      ("/dev/zero", "gan-exp: error: /dev/zero is a device, not a file\n         write the spec to a file first\n", 65),
      (
        "endless.yaml",
        "gan-exp: error: endless.yaml has more than 262144 bytes, the most a spec may have\n         is this the right file?\n",
        65
      ),
      (
        "long.yaml",
        "gan-exp: error: long.yaml has more than 262144 bytes, the most a spec may have\n         is this the right file?\n",
        65
      ),
      (
        "nothing.yaml",
        "gan-exp: error: nothing.yaml: cannot read it: No such file or directory\n         check the path\n",
        66
      ),
    ] as [(String, String, Int32)] {
      let result = try end(of: ["check", path], in: folder)
      #expect(result.errors == expected)
      #expect(result.status == status)
    }
  }

  /// The superuser may read everything.
  @Test(.enabled(if: geteuid() != 0)) func `a spec that may not be read is refused`() throws {
    let folder = try TemporaryFolder()
    try folder.put("seed: 1\n", into: "x.yaml")
    #expect(chmod(folder("x.yaml"), 0) == 0)
    let result = try end(of: ["check", "x.yaml"], in: folder)
    #expect(
      result.errors
        == "gan-exp: error: x.yaml: cannot read it: Permission denied\n         make the file readable for this user\n"
    )
    #expect(result.status == 66)
  }

  /// The program's end, which must come within seconds even on a busy machine.
  private func end(of arguments: [String], in folder: TemporaryFolder) throws -> Program.Result {
    let process = try Program.start(arguments, in: folder.path)
    let deadline = Date().addingTimeInterval(10)
    while process.isRunning, Date() < deadline { usleep(2000) }
    if process.isRunning {
      process.signal(SIGKILL)
      Issue.record("it does not end")
    }
    return process.wait()
  }
}

/// A file made to take a reader of specs down, and the first line that is said of it.
struct HostileSpec: CustomTestStringConvertible {
  let testDescription: String
  let bytes: [UInt8]
  let expected: String

  init(_ description: String, _ text: String, _ expected: String) {
    self.init(description, Array(text.utf8), expected)
  }

  init(_ description: String, _ bytes: [UInt8], _ expected: String) {
    testDescription = description
    self.bytes = bytes
    self.expected = "x.yaml:" + expected
  }

  /// The most bytes that are read.
  private static let longest = 1 << 18
  private static let discriminator = "discriminator: [flatten, dense: {units: 1}]\n"

  static let table: [HostileSpec] = [
    HostileSpec(
      "lists in lists", times("[", longest), "1:65: error: lists and mappings nest more than 64 deep"),
    HostileSpec(
      "mappings in mappings", times("{a: ", longest / 4),
      "1:257: error: lists and mappings nest more than 64 deep"),
    HostileSpec(
      "dashes", times("- ", longest / 2), "1:129: error: lists and mappings nest more than 64 deep"),
    HostileSpec(
      "a billion laughs",
      "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        + (1..<10).map { "a\($0): &a\($0) [\(times("*a\($0 - 1), ", 9))]\n" }.joined(),
      "5:15: error: more than 20000 values with every alias written out"),
    HostileSpec(
      "a ladder of aliases",
      "a0: &a0 [x]\n" + (1..<9000).map { "a\($0): &a\($0) [*a\($0 - 1)]\n" }.joined(),
      "64:12: error: lists and mappings nest more than 64 deep"),
    HostileSpec(
      "a ladder of merges",
      "m0: &m0 {k0: 1}\n"
        + (1..<5000).map { "m\($0): &m\($0) {<<: *m\($0 - 1), k\($0): 1}\n" }.joined(),
      "100:16: error: more than 20000 values with every alias written out"),
    HostileSpec(
      "many unknown keys", (0..<9990).map { "key\($0): 1\n" }.joined(),
      "1001:1: error: more than 1000 keys in one mapping"),
    HostileSpec(
      "one key again and again", times("a: 1\n", 9990), "2:1: error: a is given twice"),
    HostileSpec(
      "many layers", "generator:\n" + times("  - tanh\n", 19_000) + discriminator,
      "1:1: error: generator must be a list of 1 to 200 layers, not of 19000"),
    HostileSpec(
      "a long shape", "generator: [reshape: {shape: [\(times("28,", 9000))]}]\n" + discriminator,
      "1:30: error: shape must be a list of 1 to 4 integers between 1 and 65536, not of 9000"),
    HostileSpec(
      "a long word", times("a", longest), "1:1: error: a spec takes fields, not \"\(times("a", 39))…\""),
    HostileSpec(
      "a long name", "name: " + times("x", longest - 10),
      "1:1: error: a spec needs generator and discriminator"),
    HostileSpec(
      "a letter with many accents", "name: a" + times("\u{301}", longest / 2 - 10),
      "1:1: error: a spec needs generator and discriminator"),
    HostileSpec(
      "a quote that does not end", "name: \"" + times("\\", longest - 10),
      "1:7: error: a quoted text does not end"),
    HostileSpec("blanks", times(" ", longest), "1:1: error: the file is empty"),
    HostileSpec("line breaks", times("\n", longest), "1:1: error: the file is empty"),
    HostileSpec("tabs", times("\t", longest), "1:1: error: a tab where YAML takes spaces"),
    HostileSpec("colons", times(": ", longest / 2), "1:1: error: a key is missing before the colon"),
    HostileSpec("documents", times("---\n", longest / 4), "2:1: error: the document is empty"),
    HostileSpec(
      "directives", times("%TAG !a! x:\n", 20_000), "9:1: error: more than 8 lines that begin with %"),
    HostileSpec(
      "zeros", [UInt8](repeating: 0, count: longest),
      "1:1: error: a NUL character: this is not a text, or UTF-16 without its byte-order mark"),
    HostileSpec(
      "ones", [UInt8](repeating: 0xFF, count: longest),
      "1:1: error: byte 0xFF is not UTF-8 (as Latin-1 it would be ÿ)"),
    HostileSpec(
      "noise", noise(longest), "1:2: error: byte 0x82 is not UTF-8"),
  ]

  private static func times(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

  /// Bytes without a pattern, always the same.
  private static func noise(_ count: Int) -> [UInt8] {
    var state: UInt64 = 1
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 56)
    }
  }
}
