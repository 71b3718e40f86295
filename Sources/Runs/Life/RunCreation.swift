import Files
import Glibc
import SystemPackage

extension RunFolder {
  /// Makes the next free folder, such as `RUNS/NAME/001`, with its inner folders and what `fill` writes into it.
  ///
  /// It is made under another name, brought to the disk and then renamed, so that a folder with a number is always
  /// whole, whenever the process is killed or the disk is full. Safe against others who do the same at the same time:
  /// renaming to a folder that has something in it fails.
  /// - Parameter fixed: the folder, where it is not to be the next free one.
  /// - Returns: the folder, locked.
  static func create(
    in runs: String, name: String, at fixed: String? = nil, fill: (RunFolder) throws(FileError) -> Void
  ) throws(FileError) -> (RunFolder, FolderLock) {
    let parent = fixed.map { FilePath($0).removingLastComponent().string } ?? "\(RunFolder(runs).path)/\(name)"
    try DurableFile.makeFolders(parent)
    try RunFolder(parent).requireNoRun()
    try removeStages(in: parent)
    // Longer names are no numbers of ours.
    var number = (try entries(of: parent).filter { $0.utf8.count <= 9 }.compactMap { Int($0) }.max() ?? 0) + 1
    func numbered() -> String {
      fixed ?? "\(parent)/\(RunFolder.numbered(number))"
    }
    let (stage, lock) = try makeStage(in: parent)
    do throws(FileError) {
      for inner in [stage.samples, stage.checkpoints] where mkdir(inner, 0o777) != 0 {
        throw FileError(path: inner, action: .makeFolder, code: errno)
      }
      try fill(stage)
      try DurableFile.synchroniseFolder(stage.path)
      while rename(stage.path, numbered()) != 0 {
        let code = errno
        guard fixed == nil, [EEXIST, ENOTEMPTY, ENOTDIR].contains(code) else {
          throw FileError(path: numbered(), action: .makeFolder, code: code)
        }
        number += 1
      }
    } catch {
      removeStage(stage)
      let path = error.path.hasPrefix(stage.path) ? numbered() + error.path.dropFirst(stage.path.count) : error.path
      throw error.told(of: path)
    }
    // The new names must outlive a power cut as the files below them do.
    for outer in [parent, RunFolder(runs).path] { try DurableFile.synchroniseFolder(outer) }
    return (RunFolder(numbered()), lock)
  }

  private static let stagePrefix = ".run."

  /// A new folder under a name that nobody looks at, locked.
  private static func makeStage(in parent: String) throws(FileError) -> (RunFolder, FolderLock) {
    var number = 0
    while true {
      let stage = RunFolder("\(parent)/\(stagePrefix)\(getpid())-\(number)\(DurableFile.suffix)")
      number += 1
      guard mkdir(stage.path, 0o777) == 0 else {
        let code = errno
        guard code == EEXIST, number < 1000 else { throw FileError(path: parent, action: .makeFolder, code: code) }
        continue
      }
      do throws(FileError) {
        // Somebody who clears away may have taken it for a leftover before it was locked.
        if case .acquired(let lock) = try FolderLock.acquire(stage.path), try lock.isOf(stage.path) {
          return (stage, lock)
        }
      } catch {
        guard error.cause == .notFound, number < 1000 else {
          removeStage(stage)
          throw error.told(of: parent)
        }
      }
    }
  }

  /// Removes the folders that processes were making when they were killed: those that nobody has locked.
  private static func removeStages(in parent: String) throws(FileError) {
    for name in try entries(of: parent) where name.hasPrefix(stagePrefix) && DurableFile.isLeftover(name) {
      let stage = RunFolder("\(parent)/\(name)")
      // What cannot be removed now, another will.
      if case .acquired(let lock)? = try? FolderLock.acquire(stage.path, attempts: 1) {
        removeStage(stage)
        _ = consume lock
      }
    }
  }

  /// Removes what a folder that was never finished can have in it, and the folder.
  private static func removeStage(_ stage: RunFolder) {
    let files = [stage.spec, stage.resolved, stage.record, stage.path + "/.lock"]
    let leftovers = ((try? entries(of: stage.path)) ?? []).filter(DurableFile.isLeftover).map { "\(stage.path)/\($0)" }
    for file in files + leftovers { unlink(file) }
    for folder in [stage.samples, stage.checkpoints, stage.path] { rmdir(folder) }
  }
}
