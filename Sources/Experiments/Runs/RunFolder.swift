import Datasets
import Glibc

/// The folder of one run and the names of what is in it.
public struct RunFolder: Sendable {
  /// The folder's path, without a slash at its end.
  public let path: String

  /// A folder that may or may not exist.
  public init(_ path: String) {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    self.path = path
  }

  /// The spec as it was given.
  public var spec: String { path + "/spec.yaml" }
  /// The spec with every default, override and parent.
  public var resolved: String { path + "/resolved.yaml" }
  /// Status, machine, versions, times.
  public var record: String { path + "/run.json" }
  /// Means of the metrics by step.
  public var metrics: String { path + "/metrics.csv" }
  /// Speed by step.
  public var timing: String { path + "/timing.csv" }
  /// What happened, line by line.
  public var log: String { path + "/log.txt" }
  /// The folder of sample sheets.
  public var samples: String { path + "/samples" }
  /// The folder of checkpoints.
  public var checkpoints: String { path + "/checkpoints" }

  /// The sheet of a step.
  public func sheet(_ step: Int) -> String { "\(samples)/\(RunFolder.stem(step)).png" }
  /// The checkpoint of a step.
  public func checkpoint(_ step: Int) -> String { "\(checkpoints)/\(RunFolder.stem(step)).safetensors" }

  private static func stem(_ step: Int) -> String {
    let digits = String(step)
    return "step-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }

  /// The steps of which there are checkpoints, ascending.
  public func checkpointSteps() throws(FileError) -> [Int] { try RunFolder.steps(in: checkpoints, ".safetensors") }

  /// The steps of which there are sheets, ascending.
  public func sheetSteps() throws(FileError) -> [Int] { try RunFolder.steps(in: samples, ".png") }

  private static func steps(in folder: String, _ suffix: String) throws(FileError) -> [Int] {
    try entries(of: folder).compactMap { name in
      guard name.hasPrefix("step-"), name.hasSuffix(suffix) else { return nil }
      return Int(name.dropFirst(5).dropLast(suffix.count))
    }.sorted()
  }

  /// The names in a folder, sorted; none where there is no such folder.
  static func entries(of folder: String) throws(FileError) -> [String] {
    do throws(FileError) {
      return try FolderListing.names(in: folder)
    } catch {
      if error.cause == .notFound { return [] }
      throw error
    }
  }

  /// Makes the next free folder, such as `RUNS/NAME/001`, with its inner folders.
  ///
  /// Safe against others who do the same at the same time.
  static func create(in runs: String, name: String) throws(FileError) -> RunFolder {
    let parent = "\(RunFolder(runs).path)/\(name)"
    try makeFolders(parent)
    // Longer names are no numbers of ours.
    var number = (try entries(of: parent).filter { $0.utf8.count <= 9 }.compactMap { Int($0) }.max() ?? 0) + 1
    while true {
      let digits = String(number)
      let folder = RunFolder("\(parent)/\(String(repeating: "0", count: max(0, 3 - digits.count)))\(digits)")
      if mkdir(folder.path, 0o777) == 0 {
        for inner in [folder.samples, folder.checkpoints] where mkdir(inner, 0o777) != 0 {
          throw FileError(path: inner, action: .create, code: errno)
        }
        // The new names must outlive a power cut as the files below them do.
        for outer in [parent, RunFolder(runs).path] { try DurableFile.synchroniseFolder(outer) }
        return folder
      }
      guard errno == EEXIST else { throw FileError(path: folder.path, action: .create, code: errno) }
      number += 1
    }
  }

  /// Makes a folder and those above it.
  static func makeFolders(_ path: String) throws(FileError) {
    var end = path.startIndex
    while end < path.endIndex {
      let next = path[path.index(after: end)...].firstIndex(of: "/") ?? path.endIndex
      let part = String(path[..<next])
      if mkdir(part, 0o777) != 0, errno != EEXIST, !FileBytes.isFolder(part) {
        throw FileError(path: part, action: .create, code: errno)
      }
      end = next
    }
  }
}

extension RunFolder {
  /// Throws what is to be said where the folder is no run's (66).
  public func requireRun() throws(RunError) {
    guard !FileBytes.exists(record) else { return }
    throw RunError(
      "\(path) is no run: it has no run.json",
      remedy: "give a folder such as Runs/mlp-mnist/001; gan-exp list shows all", exitCode: 66)
  }

  /// Removes checkpoints and sheets of later steps than the one a run goes on after: its metrics.csv no longer has
  /// their rows.
  func discard(after step: Int) throws(FileError) {
    let stale =
      try checkpointSteps().filter { $0 > step }.map(checkpoint) + sheetSteps().filter { $0 > step }.map(sheet)
    for path in stale where unlink(path) != 0 { throw FileError(path: path, action: .remove, code: errno) }
  }

  /// The path of the newest sheet.
  public func latestSheet() throws(FileError) -> String? { try sheetSteps().last.map(sheet) }
}
