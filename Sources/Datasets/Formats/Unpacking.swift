extension Publication.File {
  /// The files that this one, once downloaded, becomes: itself, or what is taken out of the archive that it is.
  ///
  /// Members are found by the last part of their path; nothing else of an archive is looked at.
  package func unpacked(_ bytes: [UInt8]) throws(FormatError) -> [(name: String, bytes: [UInt8])] {
    guard !members.isEmpty else { return [(name, bytes)] }
    if name.hasSuffix(".zip") {
      let all = try ZIP.members(of: bytes)
      return try taken { wanted throws(FormatError) in
        try all.first { last($0.name) == wanted }.map { member throws(FormatError) in
          try ZIP.content(of: member, in: bytes)
        }
      }
    }
    let archive = try Gunzip.decompress(bytes)
    let all = try TAR.members(of: archive)
    return try taken { wanted throws(FormatError) in
      all.first { last($0.name) == wanted }.map { Array(archive[$0.range]) }
    }
  }

  private func taken(
    _ content: (String) throws(FormatError) -> [UInt8]?
  ) throws(FormatError) -> [(name: String, bytes: [UInt8])] {
    var files: [(name: String, bytes: [UInt8])] = []
    for wanted in members {
      guard let bytes = try content(wanted) else { throw FormatError("it has no \(wanted)") }
      files.append((wanted, bytes))
    }
    return files
  }

  private func last(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
