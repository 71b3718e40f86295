import Files
import Runs

/// All runs below a folder, by path: those that can be read and those that cannot.
///
/// What is known of many comes out of `.index`; a run that changed since, or that a process may be at work on, is read.
package struct RunList: Sendable {
  /// The folder, without a slash at its end.
  package let folder: String
  /// What can be read.
  package private(set) var runs: [ListedRun] = []
  /// What cannot.
  package private(set) var unreadable: [UnreadableRun] = []
  private var table: FactTable
  /// The number of runs that were read, and not found in the index.
  package private(set) var readCount = 0

  /// How long a file must have been left alone before it is read, for the index to vouch for it: the clocks of disks are coarse.
  private static let settling: Int64 = 2_000_000_000

  /// Looks through a folder, three levels deep.
  /// - Throws: where the folder itself cannot be read.
  package init(in runs: String) throws(FileError) {
    folder = RunFolder(runs).path
    let top = folder
    let index = RunIndex(of: top)
    table = FactTable(names: index.names, values: index.values)
    let settled = Now.nanoseconds - RunList.settling
    let unchanged = index.unchanged(in: top)
    let walk = try RunWalk(top) { unchanged[RunList.name(of: $0.path, in: top)] != nil }
    var knownCount = 0
    var indexed: [(path: String, entry: RunIndex.Entry)] = []
    for entry in walk.entries {
      let path = entry.folder.path
      let name = RunList.name(of: path, in: top)
      if let found = unchanged[name] {
        self.runs.append(ListedRun(path, found.content))
        indexed.append((name, found))
        knownCount += 1
        continue
      }
      do throws(FileError) {
        let sources = RunSources(of: entry.folder)
        let summary = try RunList.summary(entry)
        let content = PackedReader(table.pack(RunFacts(summary)))
        self.runs.append(ListedRun(path, content))
        readCount += 1
        // Whether a process is at work on a run no file says, and what is wrong with one is told of its path as it was given.
        if summary.isOver, summary.problems.isEmpty, sources.areOlder(than: settled) {
          let read = RunIndex.Entry(
            started: summary.started, sources: PackedReader(sources.packed), content: content)
          indexed.append((name, read))
        }
      } catch {
        unreadable.append(UnreadableRun(path, error))
      }
    }
    // To write it costs more than to read a few runs again.
    let added = indexed.count - knownCount
    if added + index.count - knownCount > knownCount / 64, indexed.count >= RunIndex.fewest {
      write(indexed)
    }
  }

  /// Writes the index of runs, with the values that these have and no others.
  private func write(_ entries: [(path: String, entry: RunIndex.Entry)]) {
    var other = FactTable()
    var moved = FactTable.Moved()
    let written = entries.map { path, entry in
      let content = table.move(entry.content, to: &other, &moved)
      return (
        path: path,
        entry: RunIndex.Entry(started: entry.started, sources: entry.sources, content: PackedReader(content))
      )
    }
    RunIndex.write(in: folder, names: other.names, values: other.values, written)
  }

  private static func summary(_ entry: RunWalk.Entry) throws(FileError) -> RunSummary {
    if let error = entry.error { throw error }
    guard try FileKind.of(entry.folder.record) != nil else {
      throw RunRecord.lost(entry.folder.record, "it is gone")
    }
    return try RunSummary(entry.folder)
  }

  /// A run's folder as commands take it: without the folder of runs, which all have in common.
  private static func name(of run: String, in folder: String) -> String {
    run.hasPrefix(folder + "/") ? String(decoding: run.utf8.dropFirst(folder.utf8.count + 1), as: UTF8.self) : run
  }

  /// A run's folder as commands take it.
  package func name(of path: String) -> String { RunList.name(of: path, in: folder) }

  /// What is known of a run under a name; nil where nothing is.
  package func fact(_ name: String, of run: ListedRun) -> Fact? {
    name == FactName.run.rawValue ? .text(self.name(of: run.path)) : table[name].flatMap { run.fact($0, in: table) }
  }

  /// The columns that say most of a run of its task: titles with the names of columns.
  package func headline(of run: ListedRun) -> [(title: String, column: String)] {
    let words = fact(RunFacts.headline, of: run)?.texts ?? []
    return stride(from: 0, to: words.count - 1, by: 2).map { (words[$0], words[$0 + 1]) }
  }

  /// What is wrong with a run's files.
  package func problems(of run: ListedRun) -> [String] { fact(RunFacts.problems, of: run)?.texts ?? [] }

  /// All names under which something is known of any run.
  package var names: [String] {
    FactName.allCases.map(\.rawValue)
      + table.names.filter { name in
        !name.hasPrefix(".") && FactName(rawValue: name) == nil && runs.contains { fact(name, of: $0) != nil }
      }
  }
}
