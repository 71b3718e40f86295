import Files

/// The runs below a folder: three levels deep, by path, without what begins with a dot.
package struct RunWalk {
  /// A run, or a folder that cannot be looked into.
  package struct Entry {
    package let folder: RunFolder
    /// Why it cannot be said what is in it; nil for a run.
    package let error: FileError?
  }

  /// All of them.
  package private(set) var entries: [Entry] = []

  private static let depth = 3

  /// Looks through a folder.
  /// - Throws: where the folder itself cannot be read.
  package init(_ runs: String) throws(FileError) {
    try look(into: RunFolder(runs), depth: RunWalk.depth)
  }

  private mutating func look(into folder: RunFolder, depth: Int) throws(FileError) {
    for name in try FolderListing.names(in: folder.path) where !name.hasPrefix(".") {
      let inner = RunFolder("\(folder.path)/\(name)")
      do throws(FileError) {
        guard try FileKind.of(inner.path) == .folder else { continue }
        if try inner.isRun() {
          entries.append(Entry(folder: inner, error: nil))
        } else if depth > 1 {
          try look(into: inner, depth: depth - 1)
        }
      } catch {
        entries.append(Entry(folder: inner, error: error))
      }
    }
  }
}
