import Files
import Glibc
import Training

/// A run as one file: all its files under their place in the folder of runs, the same
/// bytes whenever and wherever it is packed; compressed, by the same zlib.
package enum RunArchive {
  /// Packs a run.
  /// - Returns: the number of files.
  /// - Throws: `RunError` where a process is at work on it (75), or the file's name says no form (64).
  package static func pack(_ folder: RunFolder, in runs: String, to path: String) throws(RunError) -> Int {
    let isCompressed = path.hasSuffix(".tar.gz") || path.hasSuffix(".tgz")
    guard isCompressed || path.hasSuffix(".tar") else {
      throw RunError(
        "\(path): a run is packed into .tar.gz, .tgz or .tar", remedy: "give the file such a name", exitCode: 64)
    }
    try folder.requireRun()
    // One that lies elsewhere goes by its experiment's folder and its own.
    let whole = DurableFile.absolute(folder.path)
    var place = whole.split(separator: "/").suffix(2).joined(separator: "/")
    if let own = try? folder.place(in: runs), own.contains("/") { place = own }
    try RunFolder.requirePlace(place, in: runs)
    do {
      let before = try unchanging(folder)
      let files = try FolderTree.files(in: folder.path).filter { file in
        let name = FolderTree.name(of: file)
        return name != ".lock" && !DurableFile.isLeftover(name)
      }
      for file in files {
        if file.hasSuffix("/run.json") {
          throw FileError(
            path: "\(folder.path)/\(file)", damaged: "another run lies within this one", remedy: "move it elsewhere")
        }
        guard try FileKind.of("\(folder.path)/\(file)") == .file else {
          throw FileError(
            path: "\(folder.path)/\(file)", damaged: "it is no file, nor a link to one",
            remedy: "let the run's own files lie there")
        }
      }
      try TarArchive.write(
        files.map { TarArchive.Member("\(place)/\($0)", from: "\(folder.path)/\($0)") }, to: path,
        isCompressed: isCompressed)
      guard try unchanging(folder) == before else {
        try DurableFile.remove(path)
        throw RunError("\(folder.path) was changed meanwhile", remedy: "pack it again", exitCode: 75)
      }
      return files.count
    } catch { throw RunError(of: error) }
  }

  /// The state of a run on which nobody is at work: a run is packed where its folder can only be read, too.
  private static func unchanging(_ folder: RunFolder) throws -> FileIdentity? {
    guard try !FolderLock.isHeld(folder.path) else {
      throw RunError(
        "\(folder.path) is in use by another process", remedy: "wait for it, or stop it with Ctrl-C or kill",
        exitCode: ExitStatus.inUse.rawValue)
    }
    return FileIdentity(of: folder.record)
  }

  /// Unpacks a run into the folder of runs: it comes to its place when all of it is on the disk.
  /// - Parameter place: where it comes to; nil for where it lay.
  /// - Throws: `RunError` where it is no archive of a run (65), or something lies in its place (73).
  package static func unpack(_ path: String, into runs: String, at place: String?) throws(RunError) -> RunFolder {
    do {
      let top = RunFolder(runs).path
      try DurableFile.makeFolders(top)
      let stage = "\(top)/.unpack.\(getpid())\(DurableFile.suffix)"
      let lock = try RunFolder(stage).stageLock()
      defer { withExtendedLifetime(lock) {} }
      do {
        let own = try origin(of: try TarArchive.extract(path, into: stage) { _ throws(FormatError) in }, path)
        let inner = RunFolder("\(stage)/\(own)")
        let target = try RunFolder.requireFree(
          place ?? own, in: runs, for: inner, remedy: "give another place with --as")
        for folder in [inner.samples, inner.checkpoints, FolderTree.parent(of: target.path)] {
          try DurableFile.makeFolders(folder)
        }
        for folder in [inner.samples, inner.checkpoints, inner.path] { try DurableFile.synchroniseFolder(folder) }
        try FolderTree.move(inner.path, to: target.path)
        try FolderTree.remove(stage)
        return target
      } catch {
        try? FolderTree.remove(stage)
        throw error
      }
    } catch { throw RunError(of: error) }
  }

  /// The run's place, by the paths of the files of an archive.
  private static func origin(of files: [String], _ path: String) throws(FileError) -> String {
    let ending = "/run.json"
    let records = files.filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) }
    guard let place = records.first, records.count == 1, !place.isEmpty, files.allSatisfy({ $0.hasPrefix(place + "/") })
    else {
      throw FileError(path: path, damaged: "it is no archive of a run: it has not the files of one run in one folder")
    }
    return place
  }
}
