import Files
import SystemPackage

/// The folder of a group of runs, `Runs/NAME/group-001`: runs of one spec that differ in the seed alone, in folders `seed-0`,
/// `seed-1` and so on.
package struct GroupFolder: Sendable, Equatable {
  /// The folder's path, without a slash at its end.
  package let path: String

  /// A folder that may or may not exist.
  package init(_ path: String) { self.path = FilePath(path).string }

  /// The folder of a seed's run.
  package func run(seed: UInt64) -> RunFolder { RunFolder("\(path)/\(GroupFolder.prefix)\(seed)") }

  /// `group.json`: what its runs have in common.
  package var record: String { "\(path)/group.json" }

  /// The spec of its runs, where the group has one of its own, as those of sweeps do.
  package var spec: String { "\(path)/resolved.yaml" }

  /// The folder of which the lock is held by who trains a seed.
  private func claims(_ seed: UInt64) -> String { "\(path)/.claims/seed-\(seed)" }

  /// The right to be the only process that trains a seed of the group; nil where another one has it.
  func claim(_ seed: UInt64) throws(FileError) -> FolderLock? {
    let place = claims(seed)
    try DurableFile.makeFolders(place)
    guard case .acquired(let lock) = try FolderLock.acquire(place, attempts: 2) else { return nil }
    return lock
  }

  /// Whether a process has that right.
  func isClaimed(_ seed: UInt64) throws(FileError) -> Bool {
    let place = claims(seed)
    guard try FileKind.of(place) == .folder else { return false }
    return try FolderLock.isHeld(place)
  }

  private static let prefix = "seed-"

  /// The seed whose run a folder of this name is; nil of other names.
  static func seed(of name: String) -> UInt64? {
    guard name.hasPrefix(prefix), let seed = UInt64(name.dropFirst(prefix.count)) else { return nil }
    return name == "\(prefix)\(seed)" ? seed : nil
  }

  /// Whether there is the folder of a group: one that is no run, with a record, or with a folder of a seed
  /// at least.
  package static func isGroup(_ path: String) throws(FileError) -> Bool {
    guard try FileKind.of(path) == .folder, try !RunFolder(path).isRun() else { return false }
    return try !GroupFolder(path).seeds().isEmpty
  }

  /// The folders of its runs in the order of their seeds.
  ///
  /// Those that have not begun are among them: of a seed of `group.json` there may be no folder yet.
  package func runs() throws(FileError) -> [RunFolder] { try seeds().map(run) }

  /// The seeds of its record, where it has one, and those of which there are folders, ascending.
  package func seeds() throws(FileError) -> [UInt64] {
    var seeds: Set<UInt64> = []
    if try FileKind.of(record) == .file { seeds = Set(try RunGroup(path).record.seeds) }
    for name in try RunFolder.entries(of: path) {
      guard let seed = GroupFolder.seed(of: name), try FileKind.of("\(path)/\(name)") == .folder else { continue }
      seeds.insert(seed)
    }
    return seeds.sorted()
  }
}
