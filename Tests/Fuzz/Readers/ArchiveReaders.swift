import Datasets
import Files
import Glibc

/// The files of a TAR archive.
///
/// The sums of its headers are put right first: else hardly an input would come further than the first header.
@Sendable func readTAR(_ bytes: [UInt8]) throws {
  var archive = bytes
  for start in stride(from: 0, to: bytes.count - 511, by: 512) {
    let sum = (0..<512).reduce(0) { $0 + ((148..<156).contains($1) ? 32 : Int(archive[start + $1])) }
    let digits = String(sum, radix: 8)
    let field = String(repeating: "0", count: max(0, 6 - digits.count)) + digits + "\0 "
    archive.replaceSubrange((start + 148)..<(start + 156), with: field.utf8)
  }
  try DataFormat.tar.read(archive)
}

/// The tensors of any program's file, and those of a checkpoint; what is read of the latter is written, and read again as
/// the same.
///
/// The digest of a checkpoint is put right first: else no changed input would come further than it.
@Sendable func readSafetensors(_ bytes: [UInt8]) throws {
  let path = "/dev/shm/gan-exp-fuzz-\(getpid()).safetensors"
  defer { unlink(path) }
  let opening = Array(#"{"__metadata__":{"sha256":""#.utf8)
  let place = (8 + opening.count)..<(8 + opening.count + 64)
  var file = bytes
  let isOurs = file.count >= place.upperBound && file[8..<place.lowerBound].elementsEqual(opening)
  if isOurs {
    file.replaceSubrange(place, with: repeatElement(UInt8(ascii: "0"), count: 64))
    file.replaceSubrange(place, with: Digest.sha256(file).utf8)
  }
  must("a file in memory is written") { try DurableFile.replace(path, with: file) }
  let foreign = try SafetensorsFile(path: path)
  for tensor in foreign.tensors {
    if let values = try? foreign.floats(tensor.name) { precondition(values.count == tensor.count) }
  }
  guard isOurs else { return }
  let tensors = try Safetensors(path: path)
  must("accepted tensors are written") { try tensors.write(to: path) }
  let again = must("written tensors are read") { try Safetensors(path: path) }
  precondition(again == tensors, "written, they are other tensors")
}
