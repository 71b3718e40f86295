import Files
import Glibc
import Training

/// A run as one file: all its files under their place in the folder of runs, the same bytes whenever and wherever it is packed.
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
    let lock = try folder.locked()
    defer { withExtendedLifetime(lock) {} }
    // One that lies elsewhere goes by its experiment's folder and its own.
    let place = (try? folder.place(in: runs)) ?? folder.path.split(separator: "/").suffix(2).joined(separator: "/")
    do throws(FileError) {
      let files = try FolderTree.files(in: folder.path).filter { file in
        let name = file.split(separator: "/").last.map(String.init) ?? file
        return name != ".lock" && !DurableFile.isLeftover(name)
      }
      try TarArchive.write(
        files.map { TarArchive.Member("\(place)/\($0)", from: "\(folder.path)/\($0)") }, to: path,
        isCompressed: isCompressed)
      return files.count
    } catch { throw RunError(error) }
  }

  /// Unpacks a run into the folder of runs: it comes to its place when all of it is on the disk.
  /// - Parameter place: where it comes to; nil for where it lay.
  /// - Throws: `RunError` where it is no archive of a run (65), or something lies in its place (73).
  package static func unpack(_ path: String, into runs: String, at place: String?) throws(RunError) -> RunFolder {
    do {
      let top = RunFolder(runs).path
      try DurableFile.makeFolders(top)
      let stage = "\(top)/.unpack.\(getpid())\(DurableFile.suffix)"
      guard try FolderTree.make(stage) else {
        throw FileError(path: stage, damaged: "another process is unpacking here", remedy: "wait for it, or remove it")
      }
      do {
        let own = try origin(of: try TarArchive.extract(path, into: stage) { _ throws(FormatError) in }, path)
        let target = try RunFolder.requireFree(place ?? own, in: runs, remedy: "give another place with --as")
        let inner = RunFolder("\(stage)/\(own)")
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
    guard let place = records.first, records.count == 1, files.allSatisfy({ $0.hasPrefix(place + "/") }) else {
      throw FileError(path: path, damaged: "it is no archive of a run: it has not the files of one run in one folder")
    }
    return place
  }
}
