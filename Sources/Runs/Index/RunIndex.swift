import Compute
import Files
import Host

/// `.index` in a folder of many runs: what `list` wants to know of each, and when it began, with the files that it was read from.
///
/// It may be removed at any time and is made again. Where it is damaged or of another version it says nothing, and nothing of a
/// run of which a file is not the very one that was read.
package struct RunIndex: Sendable {
  /// Its name in the folder of runs.
  package static let name = ".index"
  /// The fewest runs for which it is kept: fewer are read as fast.
  package static let fewest = 64

  /// A run in it.
  package struct Entry: Sendable {
    /// When the run began; nil where its record does not say.
    package let started: String?
    /// The files that it was read from, packed.
    package let sources: PackedReader
    /// What is known of it, as who lists runs packs it.
    package let content: PackedReader

    /// What was read of a run.
    package init(started: String?, sources: PackedReader, content: PackedReader) {
      (self.started, self.sources, self.content) = (started, sources, content)
    }
  }

  /// The names that contents have numbers for.
  package private(set) var names: [String] = []
  /// The values that contents have places for.
  package private(set) var values = PackedReader([])
  private var entries: [String: Entry] = [:]

  /// Its first line: another format, or another program, reads runs anew.
  private static let title = Array("gan-exp index 2 of \(Version.current)\n".utf8)

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
      (names, values, entries) = ([], PackedReader([]), [:])
    }
  }

  private mutating func read(_ reader: PackedReader) throws(FormatError) {
    var reader = reader
    let (nameCount, runCount) = (Int(try reader.number32()), Int(try reader.number32()))
    for _ in 0..<nameCount { names.append(try reader.text()) }
    values = try reader.part()
    // What a file says of itself takes no memory before it is there.
    entries.reserveCapacity(min(runCount, 1 << 16))
    for _ in 0..<runCount {
      let (path, started) = (try reader.text(), try reader.text())
      entries[path] = Entry(
        started: started.isEmpty ? nil : started, sources: try reader.part(), content: try reader.part())
    }
  }

  /// The number of runs in it.
  package var count: Int { entries.count }

  /// The runs of which all files are as they were, by their paths within the folder of runs.
  /// - Parameter onlyRecord: whether it is enough that the run's record, and what is in its folder, are.
  package func unchanged(in runs: String, onlyRecord: Bool = false) -> [String: Entry] {
    guard !entries.isEmpty else { return [:] }
    let (top, all) = (RunFolder(runs).path, Array(entries))
    // To ask the system of many files takes longer than all else.
    let part = 256
    let parts = (all.count + part - 1) / part
    let pool = ThreadPool(threads: parts < 4 ? 1 : min(4, Machine.current().defaultThreads))
    defer { pool.close() }
    let found = pool.map(parts) { number in
      all[(number * part)..<min(all.count, (number + 1) * part)].filter { path, entry in
        RunSources.areUnchanged(entry.sources, in: RunFolder("\(top)/\(path)"), onlyRecord: onlyRecord)
      }
    }
    return Dictionary(uniqueKeysWithValues: found.joined().map { ($0.key, $0.value) })
  }

  /// Writes the index of a folder.
  ///
  /// It saves time and nothing else: where it cannot be written, as in a folder that may only be read, runs are read again.
  package static func write(
    in runs: String, names: [String], values: [UInt8], _ entries: [(path: String, entry: Entry)]
  ) {
    var body = PackedWriter()
    body.add(UInt32(names.count))
    body.add(UInt32(entries.count))
    for name in names { body.add(name) }
    body.add(part: values)
    for (path, entry) in entries {
      body.add(path)
      body.add(entry.started ?? "")
      body.add(part: entry.sources.rest)
      body.add(part: entry.content.rest)
    }
    let digest = Array(Digest.sha256(body.bytes).utf8)
    try? DurableFile.replace(RunIndex.path(in: runs), with: title + digest + body.bytes)
  }

  private static func path(in runs: String) -> String { "\(RunFolder(runs).path)/\(name)" }
}
