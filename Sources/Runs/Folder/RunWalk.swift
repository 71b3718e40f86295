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
  /// - Parameter isKnown: whether a folder is known for a run's, so that nobody need look; asked of each in turn.
  /// - Throws: where the folder itself cannot be read.
  package init(_ runs: String, isKnown: (RunFolder) -> Bool = { _ in false }) throws(FileError) {
    try look(into: RunFolder(runs), depth: RunWalk.depth, isKnown)
  }

  private mutating func look(
    into folder: RunFolder, depth: Int, _ isKnown: (RunFolder) -> Bool
  ) throws(FileError) {
    for name in try FolderListing.names(in: folder.path) where !name.hasPrefix(".") {
      let inner = RunFolder("\(folder.path)/\(name)")
      if isKnown(inner) {
        entries.append(Entry(folder: inner, error: nil))
        continue
      }
      do throws(FileError) {
        guard try FileKind.of(inner.path) == .folder else { continue }
        if try inner.isRun() {
          entries.append(Entry(folder: inner, error: nil))
        } else if depth > 1 {
          try look(into: inner, depth: depth - 1, isKnown)
        }
      } catch {
        entries.append(Entry(folder: inner, error: error))
      }
    }
  }
}
