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
    return try lockedFolder()
  }

  /// The same of a folder of any kind.
  func lockedFolder() throws(RunError) -> FolderLock {
    do {
      switch try FolderLock.acquire(path) {
      case .acquired(let lock):
        // Between its opening and its locking somebody may have given the folder another name.
        guard try lock.isOf(path) else {
          throw RunError("\(path) was moved by another process", remedy: "gan-exp list shows where", exitCode: 66)
        }
        return lock
      case .held(let pid):
        throw RunError(
          "\(path) is in use by process \(pid.map(String.init) ?? "unknown")",
          remedy: "wait for it, or stop it with Ctrl-C or kill", exitCode: ExitStatus.inUse.rawValue)
      }
    } catch { throw RunError(of: error) }
  }

  /// Makes a folder in which something is made that comes to its place later, and locks it: what nobody has locked is taken for
  /// the leftover of a process that was killed.
  func stageLock() throws(RunError) -> FolderLock {
    do throws(FileError) { try DurableFile.makeFolders(path) } catch { throw RunError(error) }
    return try lockedFolder()
  }

  /// Refuses a path within the folder of runs that no run can have (64).
  static func requirePlace(_ place: String, in runs: String) throws(RunError) {
    let parts = place.split(separator: "/", omittingEmptySubsequences: false)
    let isName = { (part: Substring) in
      !part.isEmpty && part.utf8.count < 200 && !part.hasPrefix(".") && !part.hasPrefix("-") && part != RunName.latest
        && !part.unicodeScalars.contains { $0 == "," || $0.properties.generalCategory == .control }
    }
    guard (2...3).contains(parts.count), parts.allSatisfy(isName) else {
      throw RunError(
        "\(place) is no place of a run in \(runs)",
        remedy:
          "give two or three names with slashes between them, without commas, none of which begins with a dot or a "
          + "dash or is \(RunName.latest)", exitCode: 64)
    }
  }

  /// Refuses a path within the folder of runs that no run can have, or that something has (64, 73).
  /// - Parameters:
  ///   - place: the path, with the folder of runs before it or without.
  ///   - run: what is to lie there; a group has runs of its spec and of the seed that a folder is named for.
  ///   - isBack: whether it has lain there before.
  static func requireFree(
    _ place: String, in runs: String, for run: RunFolder, isBack: Bool = false, remedy: String
  ) throws(RunError) -> RunFolder {
    let top = RunFolder(runs).path
    let place = place.hasPrefix(top + "/") ? String(place.dropFirst(top.count + 1)) : place
    try requirePlace(place, in: runs)
    let folder = RunFolder("\(top)/\(place)")
    do {
      if FolderTree.isThere(folder.path) {
        throw RunError("\(folder.path) is there already", remedy: remedy, exitCode: ExitStatus.notCreated.rawValue)
      }
      // A run within a run would be seen by nobody.
      let parts = place.split(separator: "/")
      for count in 1..<parts.count {
        let outer = RunFolder("\(top)/\(parts.prefix(count).joined(separator: "/"))")
        if try outer.isRun() {
          throw RunError("\(outer.path) is a run", remedy: "give a place beside it", exitCode: 64)
        }
        if try FileKind.of(GroupFolder(outer.path).record) == .file,
          try !RunGroup(outer.path).has(run, as: folder, isBack: isBack)
        {
          throw RunError(
            "\(outer.path) is a group of another spec, or of other seeds", remedy: "give a place beside it",
            exitCode: 64)
        }
        // The groups of a sweep are of its trials.
        if try SweepFolder(outer.path).exists(), !isBack {
          throw RunError("\(outer.path) is a sweep", remedy: "give a place beside it", exitCode: 64)
        }
      }
    } catch { throw RunError(of: error) }
    return folder
  }
}
