import Compute
import Datasets

/// A `.safetensors` file of which only the header is in memory; its tensors are read where they are wanted.
package final class SafetensorsFile: Sendable {
  /// The file.
  package let path: String
  /// Texts by their keys, without the digest.
  package let metadata: [String: String]
  let header: SafetensorsHeader
  private let file: OpenFile
  /// Where the first tensor begins.
  private let start: Int
  private let digest: String

  /// The most bytes that a header may have, as in the format's own reader.
  private static let longestHeader = 100_000_000

  /// Opens a file and reads its header.
  ///
  /// Nothing of it may be believed before `verify()`, but it is well-formed: this reader accepts no file with gaps, unknown
  /// types or sizes that do not fit, and takes no memory for what the file only claims to have.
  package init(path: String) throws(FileError) {
    let file = try OpenFile.reading(path)
    let size = try file.size()
    let first = try file.bytes(in: 0..<SafetensorsHeader.digestRange.upperBound)
    do throws(FormatError) {
      (start, digest) = try SafetensorsFile.opening(first, of: size)
    } catch {
      throw FileError(path: path, damaged: error.problem)
    }
    let json = try file.bytes(in: 8..<start)
    do throws(FormatError) {
      header = try SafetensorsHeader(parsing: json[...])
      guard header.bufferLength == size - start else {
        throw FormatError("its tensors should have \(header.bufferLength) bytes, but \(size - start) follow the header")
      }
    } catch {
      throw FileError(path: path, damaged: error.problem)
    }
    var metadata = header.metadata
    metadata[SafetensorsHeader.digestKey] = nil
    self.metadata = metadata
    self.path = path
    self.file = file
  }

  /// Reads the whole file, a part at a time, and compares it with its digest.
  package func verify() throws(FileError) {
    try compare(sum(withTensors: true))
  }

  /// Reads tensors into memory, and compares what was read, with all the rest of the file, with the digest: what comes
  /// from a file that was changed after it was verified is refused, though the memory is written by then.
  package func read(_ tensors: [(name: String, shape: [Int], memory: Buffer)]) throws(FileError) {
    let places = Dictionary(uniqueKeysWithValues: tensors.map { ($0.name, $0) })
    let found = header.entries.filter { places[$0.name] != nil }
    guard found.count == tensors.count else {
      let missing = tensors.first { tensor in !found.contains { $0.name == tensor.name } }
      throw lacking(missing?.name ?? "", missing?.shape ?? [])
    }
    for entry in found {
      guard let place = places[entry.name] else { continue }
      guard entry.element == .float32, entry.shape == place.shape else { throw lacking(place.name, place.shape) }
    }
    let sum = try sum(withTensors: false)
    for entry in header.entries {
      let range = (start + entry.range.lowerBound)..<(start + entry.range.upperBound)
      if let place = places[entry.name] {
        try place.memory.withMutableBytes { (bytes) throws(FileError) in
          try file.read(range, into: bytes, adding: sum)
        }
      } else {
        try file.forEachPart(of: range) { sum.add($0) }
      }
    }
    try compare(sum)
  }

  /// The numbers of a tensor of Double; nil where there is none of that name.
  package func doubles(_ name: String) throws(FileError) -> [Double]? {
    guard let entry = header.entries.first(where: { $0.name == name }), entry.element == .float64 else { return nil }
    return try numbers(of: entry)
  }

  func numbers<Number: BitwiseCopyable & Numeric>(of entry: SafetensorsHeader.Entry) throws(FileError) -> [Number] {
    var numbers = [Number](repeating: 0, count: entry.range.count / MemoryLayout<Number>.stride)
    var span = numbers.mutableSpan
    var raw = span.mutableBytes
    let count = try raw.withUnsafeMutableBytes { (bytes) throws(FileError) in
      try file.read(into: bytes, at: start + entry.range.lowerBound)
    }
    guard count == entry.range.count else { throw shortened }
    return numbers
  }

  private func lacking(_ name: String, _ shape: [Int]) -> FileError {
    FileError(path: path, damaged: "it lacks \(name) of shape \(Shape(shape))")
  }

  private var shortened: FileError { FileError(path: path, damaged: "it became shorter while it was read") }
}

extension SafetensorsFile {
  /// The sum of the header with the digest's place blank, and of the tensors.
  private func sum(withTensors: Bool) throws(FileError) -> DigestStream {
    let sum = DigestStream()
    var opening = try file.bytes(in: 0..<start)
    guard opening.count == start else { throw shortened }
    opening.replaceSubrange(SafetensorsHeader.digestRange, with: SafetensorsHeader.blankDigest)
    sum.add(opening)
    // To the end of the file, wherever that is by now.
    if withTensors { try file.forEachPart(of: start..<Int.max) { sum.add($0) } }
    return sum
  }

  private func compare(_ sum: consuming DigestStream) throws(FileError) {
    guard sum.finish() == digest else {
      throw FileError(
        path: path, damaged: "its content does not match the digest in it: it is damaged or incomplete")
    }
  }

  /// Where the tensors begin and what digest is given, by the first bytes of a file of a size.
  private static func opening(_ bytes: [UInt8], of size: Int) throws(FormatError) -> (start: Int, digest: String) {
    let range = SafetensorsHeader.digestRange
    guard bytes.count == range.upperBound else {
      throw FormatError("it has only \(bytes.count) bytes, less than any file of this kind")
    }
    guard bytes[8..<range.lowerBound].elementsEqual(SafetensorsHeader.opening) else {
      throw FormatError(
        "it does not begin like a file written by gan-exp: it is another kind of file, or damaged")
    }
    let length = bytes[..<8].reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    guard length <= size - 8 else {
      throw FormatError("its header should have \(length) bytes, but the file ends before")
    }
    guard length <= longestHeader, 8 + Int(length) >= range.upperBound else {
      throw FormatError("its header cannot have \(length) bytes")
    }
    return (8 + Int(length), String(decoding: bytes[range], as: UTF8.self))
  }
}
