import Files
import Training

extension RunFolder {
  /// The right to be the only one who changes a run, or a group or a sweep with all runs in it.
  /// - Throws: `RunError` where it is no run, group or sweep (66), or a process is at work on it or on one of its runs (75).
  func lockedWhole() throws(RunError) -> [FolderLock] {
    do {
      guard try !isRun(), try isOfRuns() else { return [try locked()] }
      var locks = [try lockedFolder()]
      for run in try RunWalk(path).entries where run.error == nil { locks.append(try run.folder.locked()) }
      // Who has claimed a seed is about to make its folder.
      for claim in try claims() { locks.append(try RunFolder(claim).lockedFolder()) }
      return locks
    } catch { throw RunError(of: error) }
  }

  /// Whether it is the folder of a group, even of one without runs, or of a sweep.
  package func isOfRuns() throws(FileError) -> Bool {
    if try isRun() { return false }
    if try FileKind.of(GroupFolder(path).record) == .file { return true }
    if try SweepFolder(path).exists() { return true }
    return try GroupFolder.isGroup(path)
  }

  /// The folders by which workers claim seeds, of a group and of the groups of a sweep.
  private func claims() throws(FileError) -> [String] {
    var found: [String] = []
    for group in [path] + (try RunFolder.entries(of: path)).filter({ !$0.hasPrefix(".") }).map({ "\(path)/\($0)" })
    where FileBytes.isFolder("\(group)/.claims") {
      found += try RunFolder.entries(of: "\(group)/.claims").map { "\(group)/.claims/\($0)" }
    }
    return found.filter { FileBytes.isFolder($0) }
  }
}
