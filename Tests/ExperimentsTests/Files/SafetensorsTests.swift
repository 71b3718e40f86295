import Datasets
import Experiments
import TestSupport
import Testing

/// A file with every type, a number without axes, an empty tensor, and texts that need escapes.
private let sample = Safetensors(
  metadata: ["format": "gan-exp", "spec": "name: \"ä\\b\"\n\t\u{1}🙂", "": ""],
  tensors: [
    .init(
      name: "generator/0 dense/weight", shape: [2, 3],
      values: .float32([1, -2.5, 0, .pi, -.leastNonzeroMagnitude, .infinity])),
    .init(name: "count", shape: [], values: .int64([-1 << 62])),
    .init(name: "\"\\/é", shape: [3], values: .uint8([0, 127, 255])),
    .init(name: "none", shape: [4, 0, 2], values: .float64([])),
    .init(name: "double", shape: [1, 2], values: .float64([.leastNonzeroMagnitude, -0.1])),
    .init(name: "order", shape: [2], values: .int32([.min, .max])),
  ])

/// A file so small that all changes of it can be tried.
private let tiny = Safetensors(
  metadata: ["step": "468"],
  tensors: [.init(name: "w", shape: [2], values: .float32([0.5, -1]))])

@Suite struct SafetensorsTests {
  @Test(arguments: [sample, tiny, Safetensors()])
  func `what is written is read back`(file: Safetensors) throws {
    let bytes = try file.encoded()
    #expect(try Safetensors(decoding: bytes) == file)
    #expect(try file.encoded() == bytes)
  }

  @Test func `a file on the disk is read back, and its header is padded to eight bytes`() throws {
    let folder = try TemporaryFolder()
    try sample.write(to: folder("a.safetensors"))
    #expect(try Safetensors(path: folder("a.safetensors")) == sample)
    #expect(try DurableFile.read(folder("a.safetensors"))[0] % 8 == 0)
    #expect(folder.names == ["a.safetensors"])
  }

  @Test func `every flipped bit is noticed`() throws {
    let bytes = try tiny.encoded()
    for index in bytes.indices {
      for bit in 0..<8 {
        var changed = bytes
        changed[index] ^= 1 << UInt8(bit)
        #expect(throws: FormatError.self, "byte \(index), bit \(bit)") { try Safetensors(decoding: changed) }
      }
    }
  }

  @Test func `every truncation, extension, missing byte and exchanged byte is noticed`() throws {
    let bytes = try tiny.encoded()
    for index in bytes.indices {
      #expect(throws: FormatError.self) { try Safetensors(decoding: Array(bytes[..<index])) }
      var shorter = bytes
      shorter.remove(at: index)
      #expect(throws: FormatError.self) { try Safetensors(decoding: shorter) }
      var zeroed = bytes
      zeroed[index] = bytes[index] == 0 ? 1 : 0
      #expect(throws: FormatError.self) { try Safetensors(decoding: zeroed) }
    }
    for extra in [[0], [UInt8(ascii: " ")], [UInt8](repeating: 0, count: 8), bytes] as [[UInt8]] {
      #expect(throws: FormatError.self) { try Safetensors(decoding: bytes + extra) }
    }
  }

  @Test(arguments: [
    (Safetensors(metadata: ["sha256": ""]), "the metadata key sha256 is reserved"),
    (
      Safetensors(tensors: [.init(name: "__metadata__", shape: [], values: .uint8([1]))]),
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
  func `what cannot be written is refused`(file: Safetensors, problem: String) {
    #expect(throws: FormatError(problem)) { try file.encoded() }
  }
}
