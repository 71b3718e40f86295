import Compute
import Files
import Foundation
import TestSupport
import Testing

/// A file with every type, a number without axes, an empty tensor, and texts that need escapes.
private let sample = Safetensors(
  metadata: ["format": "gan-exp", "spec": "name: \"ä\\b\"\n\t\u{1}🙂", "": ""],
  tensors: [
    .init(
      name: "generator/0 dense/weight", shape: [2, 3],
      values: .float32([1, -2.5, 0, .pi, -.leastNonzeroMagnitude, .infinity])),
    .init(name: "count", shape: [], values: .float64([-1e300])),
    .init(name: "\"\\/é", shape: [3], values: .float32([0, 127, 255])),
    .init(name: "none", shape: [4, 0, 2], values: .float64([])),
    .init(name: "double", shape: [1, 2], values: .float64([.leastNonzeroMagnitude, -0.1])),
  ])

/// A file so small that all changes of it can be tried.
private let tiny = Safetensors(
  metadata: ["step": "468"],
  tensors: [.init(name: "w", shape: [2], values: .float32([0.5, -1]))])

@Suite struct SafetensorsTests {
  private let folder: TemporaryFolder
  private var path: String { folder("a.safetensors") }

  init() throws { folder = try TemporaryFolder() }

  /// The bytes of a written file.
  private func bytes(_ file: Safetensors) throws -> [UInt8] {
    try file.write(to: path)
    return try DurableFile.read(path)
  }

  /// Whether bytes are read as a whole and undamaged file.
  private func isRefused(_ bytes: [UInt8]) throws -> Bool {
    try folder.put(bytes, into: "a.safetensors")
    do throws(FileError) {
      _ = try Safetensors(path: path)
      return false
    } catch {
      guard case .damaged = error.cause else { throw error }
      return true
    }
  }

  @Test(arguments: [sample, tiny, Safetensors()])
  func `what is written is read back`(file: Safetensors) throws {
    let written = try bytes(file)
    #expect(try Safetensors(path: path) == file)
    #expect(try bytes(file) == written)
    #expect(written[0] % 8 == 0)
    #expect(folder.names == ["a.safetensors"])
  }

  @Test func `a file is the bytes that the format and its digest say`() throws {
    // Put together by hand: the length, the header padded to 8 bytes, 0.5 and -1 as floats.
    func text(_ digest: String) -> [UInt8] {
      let json =
        #"{"__metadata__":{"sha256":"\#(digest)","step":"468"},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#
      let padding = [UInt8](repeating: 0x20, count: (8 - json.utf8.count % 8) % 8)
      let length = json.utf8.count + padding.count
      return [UInt8(length), 0, 0, 0, 0, 0, 0, 0] + Array(json.utf8) + padding + [0, 0, 0, 0x3f, 0, 0, 0x80, 0xbf]
    }
    let digest = Digest.sha256(text(String(repeating: "0", count: 64)))
    #expect(try bytes(tiny) == text(digest))
  }

  @Test func `memory that is lent is written as it is and filled again, in parts`() throws {
    // More than is moved at a time, and no multiple of it.
    let count = 150_001
    let memory = try #require(Memory(count: count))
    let values = (0..<count).map { Float($0) }
    memory.buffer.write(values)
    let other: [Double] = [1, 2]
    try Safetensors(tensors: [
      .init(name: "a", shape: [2], values: .float64(other)),
      .init(name: "w", shape: [count], values: .lent(memory.buffer)),
      .init(name: "z", shape: [1], values: .float32([9])),
    ]).write(to: path)
    memory.buffer.fill(0)
    let file = try SealedSafetensors(path: path)
    try file.verify()
    try file.read([("w", [count], memory.buffer)])
    #expect(memory.buffer.values == values)
    #expect(try file.file.doubles("a") == other)
    #expect(try file.file.doubles("w") == nil)
  }

  @Test(arguments: [("v", [2]), ("w", [3]), ("w", [1, 2])] as [(String, [Int])])
  func `a tensor that is not there in its shape is named`(name: String, shape: [Int]) throws {
    try tiny.write(to: path)
    let memory = try #require(Memory(count: shape.reduce(1, *)))
    let file = try SealedSafetensors(path: path)
    let problem = "it lacks \(name) of shape \(Shape(shape))"
    #expect(throws: FileError(path: path, damaged: problem)) { try file.read([(name, shape, memory.buffer)]) }
  }

  @Test(arguments: [0, 100, 130])
  func `a file that changes between verifying and reading is refused`(place: Int) throws {
    let written = try bytes(tiny)
    let file = try SealedSafetensors(path: path)
    try file.verify()
    let memory = try #require(Memory(count: 2))
    // The same file, a bit of it flipped.
    let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    try handle.seek(toOffset: UInt64(place))
    try handle.write(contentsOf: Data([written[place] ^ 1]))
    try handle.close()
    let failure = #expect(throws: FileError.self) { try file.read([("w", [2], memory.buffer)]) }
    #expect(failure?.message.contains("does not match the digest") == true)
  }

  @Test func `every flipped bit is noticed`() throws {
    let written = try bytes(tiny)
    for index in written.indices {
      for bit in 0..<8 {
        var changed = written
        changed[index] ^= 1 << UInt8(bit)
        #expect(try isRefused(changed), "byte \(index), bit \(bit)")
      }
    }
  }

  @Test func `every truncation, extension, missing byte and exchanged byte is noticed`() throws {
    let written = try bytes(tiny)
    for index in written.indices {
      #expect(try isRefused(Array(written[..<index])))
      var shorter = written
      shorter.remove(at: index)
      #expect(try isRefused(shorter))
      var zeroed = written
      zeroed[index] = written[index] == 0 ? 1 : 0
      #expect(try isRefused(zeroed))
    }
    for extra in [[0], [UInt8(ascii: " ")], [UInt8](repeating: 0, count: 8), written] as [[UInt8]] {
      #expect(try isRefused(written + extra))
    }
  }

  @Test(arguments: [
    (Safetensors(metadata: ["sha256": ""]), "the metadata key sha256 is reserved"),
    (
      Safetensors(tensors: [.init(name: "__metadata__", shape: [], values: .float32([1]))]),
      "the tensor name __metadata__ is reserved or used twice"
    ),
    (
      Safetensors(tensors: tiny.tensors + tiny.tensors), "the tensor name w is reserved or used twice"
    ),
    (
      Safetensors(tensors: [.init(name: "w", shape: [3], values: .float32([1]))]),
      "tensor w of shape [3] needs 12 bytes, but has 4"
    ),
    (
      Safetensors(tensors: [.init(name: "w", shape: [.max, .max], values: .float32([1]))]),
      "tensor w has the impossible shape [9223372036854775807, 9223372036854775807]"
    ),
    (
      Safetensors(tensors: [.init(name: "w", shape: [-1], values: .float32([1]))]),
      "tensor w has the impossible shape [-1]"
    ),
  ])
  func `what cannot be written is refused, and nothing is written`(file: Safetensors, problem: String) throws {
    #expect(throws: FileError(path: path, damaged: problem)) { try file.write(to: path) }
    #expect(folder.names == [])
  }

  @Test func `a file of another kind in its place is refused without being read`() throws {
    #expect(mkfifo(path, 0o600) == 0)
    #expect(throws: FileError.self) { try SafetensorsFile(path: path) }
    unlink(path)
    #expect(mkdir(path, 0o700) == 0)
    let failure = #expect(throws: FileError.self) { try SafetensorsFile(path: path) }
    #expect(failure?.cause == .isFolder)
  }

  @Test func `a file that claims to be larger than any memory takes none`() throws {
    let written = try bytes(tiny)
    #expect(truncate(path, 100 << 30) == 0)
    let failure = #expect(throws: FileError.self) { try SafetensorsFile(path: path) }
    #expect(
      failure?.message.contains("its tensors should have 8 bytes, but \((100 << 30) - written.count + 8) follow")
        == true)
    try folder.put([], into: "a.safetensors")
    #expect(truncate(path, 100 << 30) == 0)
    #expect(throws: FileError.self) { try SafetensorsFile(path: path) }
  }
}
