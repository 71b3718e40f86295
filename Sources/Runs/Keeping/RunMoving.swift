import Files
import Training

extension RunFolder {
  /// Gives the run another place in the folder of runs; what it recorded stays as it is, its experiment's name too.
  /// - Parameter name: a name beside the present one, or, with a slash, a place in the folder of runs.
  /// - Throws: `RunError` where a process is at work on it (75), something has the name (73), or it is of a group (64).
  package func move(to name: String, in runs: String) throws(RunError) -> RunFolder {
    let place = try self.place(in: runs)
    let outer = place.split(separator: "/").dropLast().joined(separator: "/")
    do throws(FileError) {
      let parent = FolderTree.parent(of: path)
      if try FileKind.of(GroupFolder(parent).record) == .file {
        throw FileError(
          path: path, damaged: "it is a run of the group \(parent), which knows it by its name",
          remedy: "tag it or note what it is")
      }
    } catch { throw RunError(error.message, remedy: error.remedy, exitCode: 64) }
    if let target = FolderTree.target(of: path) {
      throw RunError("\(path) is a link to \(target)", remedy: "rename the link by hand", exitCode: 64)
    }
    let wanted = name.contains("/") || outer.isEmpty ? name : "\(outer)/\(name)"
    let target = try RunFolder.requireFree(wanted, in: runs, for: self, remedy: "give another name")
    let lock = try locked()
    defer { withExtendedLifetime(lock) {} }
    do throws(FileError) {
      try DurableFile.makeFolders(FolderTree.parent(of: target.path))
      try FolderTree.move(path, to: target.path)
    } catch { throw RunError(error) }
    return target
  }
}
