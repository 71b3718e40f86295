import Files

/// `.index` in a folder of many runs: what `list` wants to know of each, with the files it was read from.
///
/// It may be removed at any time and is made again. Where it is damaged or of another version it says nothing, and nothing of a
/// run of which a file is not the very one that was read.
package struct RunIndex: Sendable {
  /// Its name in the folder of runs.
  package static let name = ".index"
  /// The fewest runs for which it is kept: fewer are read as fast.
  package static let fewest = 64

  /// The names that contents have numbers for.
  package private(set) var names: [String] = []
  private var entries: [String: Entry] = [:]

  private struct Entry {
    let sources: PackedReader
    let content: PackedReader
  }

  /// Its first line: another format, or another program, reads runs anew.
  private static let title = Array("gan-exp index 1 of \(Version.current)\n".utf8)

  /// Reads the index of a folder of runs.
  package init(of runs: String) {
    let head = RunIndex.title.count + Digest.length
    guard let bytes = try? DurableFile.read(RunIndex.path(in: runs)), bytes.count >= head,
      bytes.starts(with: RunIndex.title),
      Digest.sha256(bytes[head...]).utf8.elementsEqual(bytes[RunIndex.title.count..<head])
    else { return }
    do throws(FormatError) {
      try read(PackedReader(bytes, from: head, to: bytes.count))
    } catch {
      (names, entries) = ([], [:])
    }
  }

  private mutating func read(_ reader: PackedReader) throws(FormatError) {
    var reader = reader
    let (nameCount, runCount) = (Int(try reader.number32()), Int(try reader.number32()))
    for _ in 0..<nameCount { names.append(try reader.text()) }
    entries.reserveCapacity(runCount)
    for _ in 0..<runCount {
      let path = try reader.text()
      entries[path] = Entry(sources: try reader.part(), content: try reader.part())
    }
  }

  /// The number of runs in it.
  package var count: Int { entries.count }

  /// What is known of a run; nil where nothing is, or a file is not as it was.
  /// - Parameter path: the run's, within the folder of runs.
  package func content(of folder: RunFolder, at path: String) -> PackedReader? {
    guard let entry = entries[path], RunSources.areUnchanged(entry.sources, in: folder) else { return nil }
    return entry.content
  }

  /// Writes the index of a folder: of runs that are in this one, and of others.
  ///
  /// It saves time and nothing else: where it cannot be written, as in a folder that may only be read, runs are read again.
  package func write(
    in runs: String, names: [String], keeping kept: [String],
    adding added: [(path: String, sources: RunSources, content: [UInt8])]
  ) {
    var body = PackedWriter()
    body.add(UInt32(names.count))
    body.add(UInt32(kept.count + added.count))
    for name in names { body.add(name) }
    for path in kept {
      guard let entry = entries[path] else { preconditionFailure("a run that is not in the index is kept") }
      body.add(path)
      body.add(part: entry.sources.rest)
      body.add(part: entry.content.rest)
    }
    for run in added {
      body.add(run.path)
      body.add(part: run.sources.packed)
      body.add(part: run.content)
    }
    let digest = Array(Digest.sha256(body.bytes).utf8)
    try? DurableFile.replace(RunIndex.path(in: runs), with: RunIndex.title + digest + body.bytes)
  }

  private static func path(in runs: String) -> String { "\(RunFolder(runs).path)/\(name)" }
}
