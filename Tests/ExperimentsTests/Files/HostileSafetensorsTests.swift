import Files
import TestSupport
import Testing

/// Headers that carry a right digest, and so reach the reader of the header.
@Suite struct HostileSafetensorsTests {
  /// A file with the members behind the metadata and a right digest.
  private func file(_ members: String, metadata: String = "", length: UInt64? = nil, buffer: Int = 0)
    -> [UInt8]
  {
    let opening = #"{"__metadata__":{"sha256":""#
    var json = Array(
      (opening + String(repeating: "0", count: 64) + "\"" + metadata + "}" + members + "}").utf8)
    while json.count % 8 != 0 { json.append(UInt8(ascii: " ")) }
    let header = withUnsafeBytes(of: length ?? UInt64(json.count)) { Array($0) }
    var bytes = header + json + [UInt8](repeating: 0, count: buffer)
    let start = 8 + opening.utf8.count
    bytes.replaceSubrange(start..<(start + 64), with: Digest.sha256(bytes).utf8)
    return bytes
  }

  /// What is said to be wrong with bytes; nil for a whole and undamaged file.
  private func problemOf(_ bytes: [UInt8]) throws -> String? {
    let folder = try TemporaryFolder()
    try folder.put(bytes, into: "a")
    do throws(FileError) {
      _ = try Safetensors(path: folder("a"))
      return nil
    } catch {
      guard case .damaged(let problem) = error.cause else { throw error }
      return problem
    }
  }

  @Test(
    arguments: [
      (#","w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}"#, 4, nil),
      (
        #","w":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}"#, 4, "tensor w has the unsupported dtype F16"
      ),
      (
        #","w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}"#, 5,
        "its tensors should have 4 bytes, but 5 follow the header"
      ),
      (
        #","w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}"#, 0,
        "its tensors should have 4 bytes, but 0 follow the header"
      ),
      (
        #","w":{"dtype":"F32","shape":[1],"data_offsets":[1,5]}"#, 5,
        "tensor w does not begin where the one before it ends"
      ),
      (
        #","w":{"dtype":"F32","shape":[1],"data_offsets":[0]}"#, 4,
        "tensor w lacks its dtype, its shape or its two data_offsets"
      ),
      (
        #","w":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}"#, 4,
        "tensor w of shape [2] needs 8 bytes, but has 4"
      ),
      (
        #","w":{"dtype":"F32","shape":[9223372036854775807],"data_offsets":[0,4]}"#, 4,
        "tensor w has the impossible shape [9223372036854775807]"
      ),
      (
        #","w":{"dtype":"F32","shape":[2305843009213693951],"data_offsets":[0,9223372036854775804]},"#
          + #""v":{"dtype":"F32","shape":[1],"data_offsets":[9223372036854775804,9223372036854775807]}"#,
        0, "tensor v of shape [1] needs 4 bytes, but has 3"
      ),
      (
        #","w":{"dtype":"F32","shape":[18446744073709551616],"data_offsets":[0,4]}"#, 4,
        "its header has a number that is no integer from 0 to 9223372036854775807"
      ),
      (
        #","w":{"dtype":"F32","shape":[01],"data_offsets":[0,4]}"#, 4,
        "its header has a number that is no integer from 0 to 9223372036854775807"
      ),
      (
        #","w":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}"#, 4,
        "its header has a number that is no integer from 0 to 9223372036854775807"
      ),
      (
        #","w":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}"#, 4, "tensor w has the unknown field x"
      ),
      (
        #","w":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}"#, 4,
        "its header has the key dtype twice"
      ),
      (#","__metadata__":{}"#, 0, "its header has the key __metadata__ twice"),
      (#","w":[[[[[[[["#, 0, "its header is not valid JSON"),
      (#","w":{"dtype":"F32"#, 0, "its header is not valid JSON"),
      (#","\ud800":{}"#, 0, "its header is not valid JSON"),
      (#","\u+123":{}"#, 0, "its header is not valid JSON"),
      (#","\x":{}"#, 0, "its header is not valid JSON"),
      (#"}"#, 0, "its header is not valid JSON"),
      (
        #","a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"\u0061":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}"#,
        0,
        "its header has the key a twice"
      ),
    ] as [(String, Int, String?)])
  func `a bad header is refused in words`(members: String, buffer: Int, problem: String?) throws {
    let bytes = file(members, buffer: buffer)
    if let problem {
      #expect(try problemOf(bytes) == problem)
    } else {
      #expect(try problemOf(bytes) == nil)
    }
  }

  @Test(arguments: [.max, 1 << 63, 1 << 32, 1000] as [UInt64])
  func `an absurd header length is refused`(length: UInt64) throws {
    #expect(
      try problemOf(file("", length: length)) == "its header should have \(length) bytes, but the file ends before")
  }

  @Test func `a second digest and a string that is not UTF-8 are refused`() throws {
    #expect(
      try problemOf(file("", metadata: #","sha256":"1""#)) == "its header has the key sha256 twice")
    var bytes = file(#","w":{}"#)
    bytes[bytes.firstIndex(of: UInt8(ascii: "w")) ?? 0] = 0xff
    #expect(try problemOf(bytes) != nil)
  }

  @Test func `random headers never crash the reader`() throws {
    var generator = SeededGenerator(1)
    let pieces = [
      "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u00", "0", "7", "\"dtype\"", "\"shape\"", "\"F32\"", " ",
      "é",
    ]
    for _ in 0..<2000 {
      let members = (0..<20).map { _ in pieces[Int(generator.next() % UInt64(pieces.count))] }.joined()
      _ = try problemOf(file(members, buffer: Int(generator.next() % 16)))
    }
  }
}
