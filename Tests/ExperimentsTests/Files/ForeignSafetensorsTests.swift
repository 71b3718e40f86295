import Files
import Foundation
import TestSupport
import Testing

/// Files of other programs: those that `Tests/Fixtures/fixtures.py` wrote with PyPI's safetensors, and headers put together
/// by hand.
@Suite struct ForeignSafetensorsTests {
  private static let fixtures = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures").path

  /// Value i is (3 i - 5) / 4, which every floating-point type holds exactly.
  private static let quarters: [Float] = [-1.25, -0.5, 0.25, 1, 1.75, 2.5]

  private let folder: TemporaryFolder
  private var path: String { folder("a.safetensors") }

  init() throws { folder = try TemporaryFolder() }

  private func fixture(_ name: String) throws -> SafetensorsFile {
    try SafetensorsFile(path: "\(ForeignSafetensorsTests.fixtures)/\(name).safetensors")
  }

  @Test(
    arguments: [
      ("floats", "f8", quarters), ("floats", "f4", quarters), ("floats", "f2", quarters),
      ("brain", "quarters", quarters),
      ("floats", "scalar", [7]), ("floats", "empty", []),
      ("floats", "third", [1 / 3, .infinity, -0.0, .leastNonzeroMagnitude]),
      ("floats", "half", [65504, -.infinity, 0x1p-24, -0.0]),
      ("brain", "bounds", [-.infinity, 0x1p-133, 0x1p127]),
    ] as [(String, String, [Float])])
  func `floating-point numbers of any size are read as binary32`(file: String, tensor: String, values: [Float]) throws {
    let read = try #require(try fixture(file).floats(tensor))
    #expect(read.map(\.bitPattern) == values.map(\.bitPattern))
  }

  @Test func `names, types, shapes and metadata are those that were saved`() throws {
    func lines(_ name: String) throws -> [String] {
      try fixture(name).tensors.map { "\($0.name) \($0.element.rawValue) \($0.shape) \($0.count)" }
    }
    #expect(
      try lines("floats") == [
        "f8 F64 [2, 3] 6", "third F64 [4] 4", "empty F32 [3, 0] 0", "f4 F32 [2, 3] 6", "scalar F32 [] 1",
        "f2 F16 [2, 3] 6", "half F16 [4] 4",
      ])
    #expect(
      try lines("integers") == [
        "u8 U64 [2, 3] 6", "i8 I64 [2, 3] 6", "u4 U32 [2, 3] 6", "i4 I32 [2, 3] 6", "u2 U16 [2, 3] 6",
        "i2 I16 [2, 3] 6", "i1 I8 [2, 3] 6", "u1 U8 [2, 3] 6", "bool BOOL [2, 3] 6",
      ])
    #expect(
      try lines("brain") == [
        "bounds BF16 [3] 3", "quarters BF16 [2, 3] 6", "eighths F8_E4M3 [5] 5", "sixteenths F4 [2, 4] 8",
      ])
    #expect(try fixture("floats").metadata == ["format": "pt", "é\n": "\"quoted\""])
    #expect(try fixture("integers").metadata == [:])
    #expect(try fixture("integers").floats("none") == nil)
  }

  @Test(arguments: [
    ("integers", "i8", "I64"), ("integers", "bool", "BOOL"), ("brain", "eighths", "F8_E4M3"),
    ("brain", "sixteenths", "F4"),
  ])
  func `a type that is not read as numbers is refused with the remedy`(file: String, tensor: String, type: String)
    throws
  {
    let failure = #expect(throws: FileError.self) { try fixture(file).floats(tensor) }
    #expect(
      failure?.description.hasSuffix(
        "\(file).safetensors: tensor \(tensor) has the dtype \(type), which is not read as numbers; "
          + "save it as F32, F16, BF16 or F64") == true)
  }

  @Test(arguments: [
    (64, ["F64", "I64", "U64", "C64"]), (32, ["F32", "I32", "U32"]), (16, ["F16", "BF16", "I16", "U16"]),
    (8, ["F8_E4M3", "F8_E4M3FNUZ", "F8_E5M2", "F8_E5M2FNUZ", "F8_E8M0", "I8", "U8", "BOOL"]),
    (6, ["F6_E2M3", "F6_E3M2"]), (4, ["F4"]),
  ])
  func `every type of safetensors takes its bits`(bits: Int, types: [String]) throws {
    for type in types {
      let header = #"{"w":{"dtype":"\#(type)","shape":[2,4],"data_offsets":[0,\#(bits)]}}"#
      try put(header, buffer: bits)
      #expect(try SafetensorsFile(path: path).tensors.map(\.element.rawValue) == [type])
    }
  }

  @Test func `a file of another program is no checkpoint, and a checkpoint is a file like any other`() throws {
    let failure = #expect(throws: FileError.self) {
      try Safetensors(path: "\(ForeignSafetensorsTests.fixtures)/floats.safetensors")
    }
    #expect(
      failure?.description.hasSuffix(
        "floats.safetensors: it does not begin like a file written by gan-exp: it is another kind of file, or damaged; "
          + "use an undamaged copy of the file") == true)
    try Safetensors(
      metadata: ["step": "4"],
      tensors: [
        .init(name: "w", shape: [2], values: .float32([0.5, -1])), .init(name: "s", shape: [], values: .float64([3])),
      ]
    ).write(to: path)
    let file = try SafetensorsFile(path: path)
    #expect(file.metadata["step"] == "4")
    #expect(try file.floats("w") == [0.5, -1])
    #expect(try file.floats("s") == [3])
  }

  /// A file of a header and a buffer whose bytes count from 0.
  private func put(_ header: String, buffer: Int, length: UInt64? = nil) throws {
    let length = withUnsafeBytes(of: length ?? UInt64(header.utf8.count)) { Array($0) }
    try folder.put(length + header.utf8 + (0..<buffer).map { UInt8($0) }, into: "a.safetensors")
  }

  @Test(arguments: [
    // Tensors in another order than their bytes, fields in any order, spaces and line ends wherever JSON has them.
    "{\n  \"b\": {\"shape\": [1], \"data_offsets\": [4, 8], \"dtype\": \"F32\"},\r\n\t\"a\" : "
      + "{ \"data_offsets\":[0,4] ,\"dtype\":\"F32\",\"shape\":[ 1 ] } }",
    // Metadata at the end, names with escapes, padding to no multiple of 8.
    #"{"\u0062":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"#
      + #""__metadata__":{"{\"a\":":"}, \"a\":1"}}   "#,
    #"{"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"#
      + #""__metadata__":null,"none":{"dtype":"BOOL","shape":[0],"data_offsets":[4,4]}}"#,
  ])
  func `a header may be written in any way that JSON allows`(header: String) throws {
    try put(header, buffer: 8)
    let file = try SafetensorsFile(path: path)
    #expect(file.tensors.map(\.name).filter { $0 != "none" } == ["a", "b"])
    #expect(try file.floats("a")?.map(\.bitPattern) == [0x0302_0100])
    #expect(try file.floats("b")?.map(\.bitPattern) == [0x0706_0504])
  }

  @Test(
    arguments: [
      ("[]", 0, "it does not begin like a safetensors file: it is another kind of file, or damaged"),
      (" {}", 0, "it does not begin like a safetensors file: it is another kind of file, or damaged"),
      ("{", 0, "its header is not valid JSON"),
      ("{\0}\0", 0, "its header is not valid JSON"),
      ("{}", 1, "its tensors should have 0 bytes, but 1 follow the header"),
      (#"{"w":3}"#, 0, "tensor w lacks its dtype, its shape or its two data_offsets"),
      (#"{"w":null}"#, 0, "tensor w lacks its dtype, its shape or its two data_offsets"),
      (#"{"__metadata__":{"step":3}}"#, 0, "its __metadata__ is more than texts by their keys"),
      (#"{"__metadata__":[]}"#, 0, "its __metadata__ is more than texts by their keys"),
      (#"{"w":{"dtype":"F33","shape":[1],"data_offsets":[0,4]}}"#, 4, "tensor w has the unknown dtype F33"),
      (
        #"{"w":{"dtype":"U8","shape":[0.5],"data_offsets":[0,4]}}"#, 4,
        "its header has a number that is no integer from 0 to 9223372036854775807"
      ),
      (#"{"w":{"dtype":"U8","shape":[4],"data_offsets":[4,0]}}"#, 4, "tensor w ends before it begins"),
      (
        #"{"w":{"dtype":"F4","shape":[3],"data_offsets":[0,1]}}"#, 1,
        "tensor w of shape [3] and dtype F4 ends within a byte"
      ),
      (
        #"{"w":{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,0]}}"#, 0,
        "tensor w has the impossible shape [4294967296, 4294967296]"
      ),
      // Over one another, a gap, more bytes than there are, and fewer.
      (
        #"{"v":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"w":{"dtype":"U8","shape":[4],"data_offsets":[2,6]}}"#,
        6,
        "tensor w does not begin where the one before it ends"
      ),
      (
        #"{"v":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"w":{"dtype":"U8","shape":[4],"data_offsets":[6,10]}}"#,
        10,
        "tensor w does not begin where the one before it ends"
      ),
      (
        #"{"v":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"w":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}"#,
        4,
        "tensor w does not begin where the one before it ends"
      ),
      (
        #"{"w":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}}"#, 4,
        "its tensors should have 8 bytes, but 4 follow the header"
      ),
      (
        #"{"w":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"w":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}"#,
        4,
        "its header has the key w twice"
      ),
    ] as [(String, Int, String)])
  func `a bad header is refused in words`(header: String, buffer: Int, problem: String) throws {
    try put(header, buffer: buffer)
    #expect(throws: FileError(path: path, damaged: problem)) { try SafetensorsFile(path: path) }
  }

  @Test func `a header is as long as it says, and no longer than is read`() throws {
    try put("{}", buffer: 0, length: 3)
    #expect(throws: FileError(path: path, damaged: "its header should have 3 bytes, but the file ends before")) {
      try SafetensorsFile(path: path)
    }
    try put("{}", buffer: 0, length: 1 << 30)
    #expect(truncate(path, 8 + 1 << 30) == 0)
    let failure = #expect(throws: FileError.self) { try SafetensorsFile(path: path) }
    #expect(
      failure?.description
        == "\(path): its header has 1.0 GiB, more than the 16 MiB that are read; save its tensors in several files")
    // Nested as deep as it is long: no stack is large enough for it.
    try put(String(repeating: "{\"a\":", count: 100_000), buffer: 0)
    #expect(throws: FileError(path: path, damaged: "its header is not valid JSON")) { try SafetensorsFile(path: path) }
  }

  @Test func `a tensor larger than the memory takes none`() throws {
    let size = 1 << 44
    try put(#"{"w":{"dtype":"F16","shape":[\#(size / 2)],"data_offsets":[0,\#(size)]}}"#, buffer: 0)
    let start = try #require(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
    // A file system that has no files of 16 TiB cannot try it.
    guard truncate(path, start + size) == 0 else { return }
    let failure = #expect(throws: FileError.self) { try SafetensorsFile(path: path).floats("w") }
    #expect(
      failure?.description
        == "\(path): tensor w of shape [\(size / 2)] is larger than the memory has room for; "
        + "use a machine with more memory")
  }
}
