import Files

/// The bytes of a run's metrics.csv, to see from which checkpoints the run can go on.
package struct MetricsText {
  /// The file.
  let path: String
  /// Its bytes as they are.
  package let bytes: [UInt8]
  /// Its bytes without what a spreadsheet adds when it saves a file: a mark at the beginning, CR before each LF; nil
  /// where there is none of it.
  private let plain: [UInt8]?

  /// Reads a file.
  package init(path: String) throws(FileError) {
    self.path = path
    bytes = try DurableFile.read(path)
    var lineEnds = LineEnds(limit: .max)
    let restored = lineEnds.restore(bytes)
    plain = restored.count == bytes.count ? nil : restored
  }

  /// Whether its first line is a header.
  func lines(beginWith header: String) -> Bool { (plain ?? bytes).starts(with: (header + "\n").utf8) }

  /// Whether the file is what it was at a position, and no more.
  func `is`(_ position: CSVFile.Position) -> Bool {
    bytes.count == position.length && Digest.sha256(bytes) == position.digest
  }

  /// The bytes up to a position, and whether the file has them only with other line ends.
  /// - Throws: an error of content where they are not those of the position.
  package func prefix(to position: CSVFile.Position) throws(FileError) -> (bytes: ArraySlice<UInt8>, isMended: Bool) {
    for (candidate, isMended) in [(bytes, false)] + (plain.map { [($0, true)] } ?? []) {
      guard position.length >= 0, position.length <= candidate.count else { continue }
      let prefix = candidate[..<position.length]
      if Digest.sha256(prefix) == position.digest { return (prefix, isMended) }
    }
    throw FileError(
      path: path,
      damaged: position.length > bytes.count
        ? "it has \(bytes.count) bytes, but the checkpoint knows \(position.length) of it"
        : "its first \(position.length) bytes are not those that the checkpoint knows")
  }
}

extension CSVFile.Position {
  /// A position that a run's record holds.
  package init(_ metrics: RunRecord.Metrics) { self.init(length: metrics.length, digest: metrics.digest) }
}
