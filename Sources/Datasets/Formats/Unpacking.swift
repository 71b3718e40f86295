import Files
import SystemPackage

extension Publication.File {
  /// The files that this one, once downloaded, becomes: itself, or what is taken out of the archive that it is.
  ///
  /// Members are found by the last part of their path, the first of a name; nothing else of an archive is unpacked.
  package func unpacked(_ bytes: [UInt8]) throws(FormatError) -> [(name: String, bytes: [UInt8])] {
    guard !members.isEmpty else { return [(name, bytes)] }
    var missing = Set(members)
    let isWanted = { (path: String) in missing.remove(last(path)) != nil }
    // libarchive would unpack what gzip compressed without comparing its checksum.
    let files =
      name.hasSuffix(".zip")
      ? try Archive.zip.files(in: bytes, where: isWanted)
      : try Archive.tar.files(in: Gunzip.decompress(bytes), where: isWanted)
    let found = Dictionary(uniqueKeysWithValues: files.map { (last($0.path), $0.bytes) })
    return try members.map { wanted throws(FormatError) in
      guard let bytes = found[wanted] else { throw FormatError("it has no \(wanted)") }
      return (wanted, bytes)
    }
  }

  private func last(_ path: String) -> String { FilePath(path).lastComponent?.string ?? path }
}
