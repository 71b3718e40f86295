import Files
import Training

/// What lies in a folder of runs and is of no use: runs long in the trash, what processes left that were killed, and, where it
/// is asked for, checkpoints of runs that are complete.
package struct GarbageCollection: Sendable {
  /// What can go.
  package enum Kind: String, Sendable {
    /// A run that was removed.
    case trash
    /// A temporary file or folder of a process that was killed.
    case leftover
    /// A checkpoint of a complete run that has newer ones.
    case checkpoint
  }

  /// A file or a folder that can go.
  package struct Item: Sendable {
    /// Its path.
    package let path: String
    /// What it is.
    package let kind: Kind
    /// Its bytes with all that is in it.
    package let bytes: Int
    /// Why it can go.
    package let why: String
    /// The folder whose lock one must have to remove it; nil where there is none.
    let locked: String?
    /// What it is in the trash.
    let removed: RunTrash.Item?
  }

  /// What could not be looked at, and stays as it is.
  package private(set) var passedOver: [FileError] = []

  /// All of it, by path.
  package private(set) var items: [Item] = []
  /// The bytes of all.
  package var bytes: Int { items.reduce(0) { $0 + $1.bytes } }

  private let runs: String
  /// Seconds after which a run may leave the trash.
  private let age: Double
  private let keptCheckpoints: Int?

  /// How long nobody can have been at work on a temporary file: longer than any takes to be written.
  private static let leftoverAge = 3600.0

  /// Looks for what can go, and removes nothing.
  /// - Parameters:
  ///   - age: seconds after which a run may leave the trash.
  ///   - keptCheckpoints: the newest checkpoints of each complete run that stay, beside its best; nil for all.
  package init(in runs: String, trashOlderThan age: Double, keepingCheckpoints keptCheckpoints: Int?) throws(FileError)
  {
    (self.runs, self.age, self.keptCheckpoints) = (RunFolder(runs).path, age, keptCheckpoints)
    try addTrash()
    try addLeftovers(in: self.runs)
    for entry in try RunWalk(self.runs).entries {
      if let error = entry.error {
        passedOver.append(error)
        continue
      }
      // One that is another user's keeps the others from nothing.
      do throws(FileError) { try addRun(entry.folder) } catch { passedOver.append(error) }
    }
    items.sort { $0.path < $1.path }
  }

  private mutating func add(
    _ path: String, _ kind: Kind, _ why: String, of run: RunFolder? = nil, removed: RunTrash.Item? = nil
  ) throws(FileError) {
    // A folder that a process is making is locked by it.
    let locked = run?.path ?? (removed == nil && FileBytes.isFolder(path) ? path : nil)
    items.append(
      Item(
        path: path, kind: kind, bytes: try FolderTree.size(of: path), why: why, locked: locked, removed: removed))
  }

  private mutating func addTrash() throws(FileError) {
    let now = Now.text
    let trash = RunTrash(of: runs)
    var damaged: [FileError] = []
    for item in try trash.items(damaged: { damaged.append($0) }) {
      // A time that is none is no reason.
      guard let seconds = Now.seconds(from: item.record.removed, to: now), seconds >= age else { continue }
      try add(item.path, .trash, "\(item.record.path), removed \(item.record.removed)", removed: item)
    }
    passedOver += damaged
    for path in try trash.empty() + trash.leftovers() where GarbageCollection.isOld(path) {
      try add(path, .leftover, "left by a process that was killed")
    }
  }

  /// Adds temporary files and folders below a folder, to the depth of runs; those of a run are looked for with it.
  private mutating func addLeftovers(in folder: String, depth: Int = 3, of run: RunFolder? = nil) throws(FileError) {
    for name in try FolderListing.names(in: folder) {
      let path = "\(folder)/\(name)"
      if DurableFile.isLeftover(name) {
        if GarbageCollection.isOld(path), try !isHeld(path) {
          try add(path, .leftover, "left by a process that was killed", of: run)
        }
      } else if run == nil, depth > 1, name.first != ".", try FileKind.of(path) == .folder, try !RunFolder(path).isRun()
      {
        try addLeftovers(in: path, depth: depth - 1)
      }
    }
  }

  /// Whether it last changed so long ago that nobody is writing it.
  private static func isOld(_ path: String) -> Bool {
    guard let identity = FileIdentity(of: path) else { return false }
    return Double(Now.nanoseconds - identity.modified) / 1e9 > leftoverAge
  }

  /// Whether a process is making this folder.
  private func isHeld(_ path: String) throws(FileError) -> Bool {
    try FileKind.of(path) == .folder ? try FolderLock.isHeld(path) : false
  }

  private mutating func addRun(_ folder: RunFolder) throws(FileError) {
    guard try !FolderLock.isHeld(folder.path) else { return }
    for inner in [folder.path, folder.samples, folder.checkpoints] where FileBytes.isFolder(inner) {
      try addLeftovers(in: inner, of: folder)
    }
    guard let keptCheckpoints, let record = try? RunRecord(path: folder.record), record.status == .complete else {
      return
    }
    var whole = 0
    for step in try folder.checkpointSteps().reversed() {
      if whole >= keptCheckpoints {
        guard step != record.step else { continue }
        try add(folder.checkpoint(step), .checkpoint, "\(folder.path) is complete and has newer ones", of: folder)
      } else if (try? Checkpoint(path: folder.checkpoint(step))) != nil {
        // A damaged one counts for nothing, and stays for whoever looks what happened to it.
        whole += 1
      }
    }
  }

  /// Removes what can go; what a process has begun to work on since stays.
  /// - Parameter removed: is told of each.
  package func collect(_ removed: (Item) -> Void) throws(FileError) {
    let trash = RunTrash(of: runs)
    for claimed in try trash.claims() where GarbageCollection.isOld(claimed) { try trash.giveBack(claimed) }
    for item in items {
      if let trashed = item.removed {
        if try trash.discard(trashed) { removed(item) }
        continue
      }
      guard let path = item.locked else {
        try FolderTree.remove(item.path)
        removed(item)
        continue
      }
      guard FileBytes.isFolder(path), case .acquired(let lock) = try FolderLock.acquire(path) else { continue }
      try FolderTree.remove(item.path)
      removed(item)
      withExtendedLifetime(lock) {}
    }
  }
}
