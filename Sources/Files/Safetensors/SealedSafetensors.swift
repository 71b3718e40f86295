/// A `.safetensors` file that gan-exp wrote: it holds the SHA-256 of all its bytes, without which it is refused.
package struct SealedSafetensors: Sendable {
  /// The file as any program reads it.
  package let file: SafetensorsFile
  private let digest: String

  /// Texts by their keys, without the digest.
  package var metadata: [String: String] { file.metadata.filter { $0.key != SafetensorsHeader.digestKey } }

  /// Opens a file and reads its header and the digest in it; nothing of it may be believed before `verify()`.
  package init(path: String) throws(FileError) {
    file = try SafetensorsFile(path: path, opening: SafetensorsHeader.opening, of: "a file written by gan-exp")
    digest = file.metadata[SafetensorsHeader.digestKey] ?? ""
    guard digest.utf8.count == SafetensorsHeader.digestRange.count else {
      throw FileError(path: path, damaged: "its digest is no SHA-256")
    }
  }

  /// Reads the whole file, a part at a time, and compares it with its digest.
  package func verify() throws(FileError) {
    try compare(sum(withTensors: true))
  }

  /// Reads tensors into memory, and compares what was read, with all the rest of the file, with the digest: what comes
  /// from a file that was changed after it was verified is refused, though the memory is written by then.
  package func read(_ tensors: [(name: String, shape: [Int], memory: any LentMemory)]) throws(FileError) {
    let places = Dictionary(uniqueKeysWithValues: tensors.map { ($0.name, $0) })
    let found = file.tensors.filter { places[$0.name] != nil }
    guard found.count == tensors.count else {
      let missing = tensors.first { tensor in !found.contains { $0.name == tensor.name } }
      throw lacking(missing?.name ?? "", missing?.shape ?? [])
    }
    for entry in found {
      guard let place = places[entry.name] else { continue }
      guard entry.element == .float32, entry.shape == place.shape else { throw lacking(place.name, place.shape) }
    }
    let sum = try sum(withTensors: false)
    for entry in file.tensors {
      if let place = places[entry.name] {
        try place.memory.withMutableBytes { (bytes) throws(FileError) in
          try file.opened.read(file.place(of: entry), into: bytes, adding: sum)
        }
      } else {
        try file.opened.forEachPart(of: file.place(of: entry)) { sum.add($0) }
      }
    }
    try compare(sum)
  }

  private func lacking(_ name: String, _ shape: [Int]) -> FileError {
    FileError(path: file.path, damaged: "it lacks \(name) of shape \(shape)")
  }

  /// The sum of the header with the digest's place blank, and of the tensors.
  private func sum(withTensors: Bool) throws(FileError) -> DigestStream {
    let sum = DigestStream()
    var opening = try file.opened.bytes(in: 0..<file.start)
    guard opening.count == file.start else { throw file.shortened }
    opening.replaceSubrange(SafetensorsHeader.digestRange, with: SafetensorsHeader.blankDigest)
    sum.add(opening)
    // To the end of the file, wherever that is by now.
    if withTensors { try file.opened.forEachPart(of: file.start..<Int.max) { sum.add($0) } }
    return sum
  }

  private func compare(_ sum: consuming DigestStream) throws(FileError) {
    guard sum.finish() == digest else {
      throw FileError(
        path: file.path, damaged: "its content does not match the digest in it: it is damaged or incomplete")
    }
  }
}
