import Files
import Training

extension RunFolder {
  /// The run's path within a folder of runs: `mlp-mnist/001`.
  /// - Throws: `RunError` where it lies elsewhere (64).
  package func place(in runs: String) throws(RunError) -> String {
    let top = DurableFile.absolute(runs)
    // The folder itself may be a link.
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let own = "\(DurableFile.absolute(FolderTree.parent(of: path)))/\(name)"
    guard own.hasPrefix(top == "/" ? "/" : top + "/") else {
      throw RunError(
        "\(path) does not lie in \(runs)", remedy: "say with --runs in which folder of runs it lies", exitCode: 64)
    }
    return String(decoding: own.utf8.dropFirst(top.utf8.count + 1), as: UTF8.self)
  }

  /// The right to be the only one who changes the run's folder.
  /// - Throws: `RunError` where it is no run (66), or a process is at work on it (75).
  func locked() throws(RunError) -> FolderLock {
    try requireRun()
    let outcome: FolderLock.Outcome
    do throws(FileError) { outcome = try FolderLock.acquire(path) } catch { throw RunError(error) }
    switch outcome {
    case .acquired(let lock): return lock
    case .held(let pid):
      throw RunError(
        "\(path) is in use by process \(pid.map(String.init) ?? "unknown")",
        remedy: "wait for it, or stop it with Ctrl-C or kill", exitCode: ExitStatus.inUse.rawValue)
    }
  }

  /// Refuses a path within the folder of runs that no run can have, or that something has (64, 73).
  static func requireFree(_ place: String, in runs: String, remedy: String) throws(RunError) -> RunFolder {
    let parts = place.split(separator: "/", omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(".") && $0.utf8.count < 200 }),
      !place.utf8.contains(0)
    else {
      throw RunError(
        "\(place) is no place of a run in \(runs)",
        remedy: "give one to three names with slashes between them, none of which begins with a dot", exitCode: 64)
    }
    let folder = RunFolder("\(RunFolder(runs).path)/\(place)")
    do {
      if try FileKind.of(folder.path) != nil {
        throw RunError(
          "\(folder.path) is there already", remedy: remedy,
          exitCode: ExitStatus.notCreated.rawValue)
      }
      // A run within a run would be seen by nobody.
      for count in 1..<max(parts.count, 1) {
        let outer = RunFolder("\(RunFolder(runs).path)/\(parts.prefix(count).joined(separator: "/"))")
        if try outer.isRun() {
          throw RunError("\(outer.path) is a run", remedy: "give a place beside it", exitCode: 64)
        }
      }
    } catch { throw RunError(of: error) }
    return folder
  }
}
