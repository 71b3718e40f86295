import Files
import FoundationEssentials
import Glibc
import Training

/// `.trash` in a folder of runs: runs, groups and sweeps that were removed, each with where it lay and when it was removed.
package struct RunTrash: Sendable {
  /// The folder of runs.
  package let runs: String
  private var path: String { "\(RunFolder(runs).path)/\(RunTrash.name)" }

  /// Its name in the folder of runs.
  package static let name = ".trash"

  /// The trash of a folder of runs.
  package init(of runs: String) { self.runs = runs }

  /// What is known of what was removed.
  package struct Record: Codable, Equatable, Sendable {
    /// Where it lay within the folder of runs: `mlp-mnist/001`.
    package let path: String
    /// When it was removed, in UTC.
    package let removed: String
  }

  /// A run, group or sweep that was removed.
  package struct Item: Sendable {
    /// Its folder in the trash, with the record and what was removed.
    package let path: String
    /// What is known of it.
    package let record: Record
    /// The folder that was removed.
    package var run: RunFolder { RunFolder(RunTrash.run(in: path)) }
  }

  private static func run(in item: String) -> String { "\(item)/run" }
  private static func record(in item: String) -> String { "\(item)/trash.json" }

  /// What is in it, in the order in which it was removed.
  /// - Parameter damaged: is told of each folder that does not say where its run lay.
  package func items(damaged: (FileError) -> Void = { _ in }) throws(FileError) -> [Item] {
    var items: [Item] = []
    for name in try numbers() {
      let item = "\(path)/\(RunFolder.numbered(name))"
      // What a process was taking in, or out, when it was killed is not there any more, or still in its place.
      guard FileBytes.isFolder(RunTrash.run(in: item)) else { continue }
      do throws(FileError) {
        items.append(Item(path: item, record: try RunTrash.recorded(in: item)))
      } catch {
        damaged(error)
      }
    }
    return items
  }

  private static func recorded(in item: String) throws(FileError) -> Record {
    let file = record(in: item)
    let bytes = try DurableFile.read(file)
    guard let record = try? JSONDecoder().decode(Record.self, from: Data(bytes)) else {
      throw FileError(path: file, damaged: "it does not say where the run lay", remedy: "move \(item) away by hand")
    }
    return record
  }

  /// The folders in it that have no run: a process that took one in, or out, was killed.
  func empty() throws(FileError) -> [String] {
    try numbers().map { "\(path)/\(RunFolder.numbered($0))" }.filter { !FileBytes.isFolder(RunTrash.run(in: $0)) }
  }

  private func numbers() throws(FileError) -> [Int] {
    try RunFolder.entries(of: path).filter { $0.utf8.count <= 9 && $0.first != "." }.compactMap { Int($0) }.sorted()
  }

  /// Moves a run, a group or a sweep into the trash: first it is recorded where it lay, then it is moved.
  /// - Throws: `RunError` where a process is at work on it (75), or it does not lie in the folder of runs or is a link (64).
  package func take(_ folder: RunFolder) throws(RunError) -> Item {
    let place = try folder.place(in: runs)
    if let target = FolderTree.target(of: folder.path) {
      throw RunError(
        "\(folder.path) is a link to \(target)", remedy: "remove the link by hand: rm \(ShellText.quoted(folder.path))",
        exitCode: 64)
    }
    let locks = try folder.lockedWhole()
    defer { withExtendedLifetime(locks) {} }
    do throws(FileError) {
      try DurableFile.makeFolders(path)
      return try store(folder.path, as: Record(path: place, removed: Now.text))
    } catch { throw RunError(error) }
  }

  /// Moves a folder under the next free number: first it is recorded where it lay, then it is moved.
  private func store(_ folder: String, as record: Record) throws(FileError) -> Item {
    var number = (try numbers().last ?? 0) + 1
    while try !FolderTree.make("\(path)/\(RunFolder.numbered(number))") { number += 1 }
    let item = Item(path: "\(path)/\(RunFolder.numbered(number))", record: record)
    do throws(FileError) {
      try DurableFile.replace(RunTrash.record(in: item.path), with: JSON.bytes(item.record))
      try DurableFile.synchroniseFolder(path)
      try FolderTree.move(folder, to: item.run.path)
    } catch {
      // What failed may have come after the move: then the run lies here, and nowhere else.
      if !FolderTree.isThere(item.run.path) {
        FolderTree.remove(RunTrash.record(in: item.path), andEmpty: item.path)
      }
      throw error
    }
    return item
  }

  /// Removes for good what was removed, unless another process took it out in between.
  ///
  /// It gets a name first that nobody takes anything out of, is looked at once more, and loses its record: from then on it is
  /// half removed.
  /// - Returns: whether it was removed.
  func discard(_ item: Item) throws(FileError) -> Bool {
    let claimed = "\(path)/.\(FolderTree.name(of: item.path)).\(getpid())\(DurableFile.suffix)"
    do throws(FileError) {
      try FolderTree.move(item.path, to: claimed)
    } catch {
      guard FolderTree.isThere(item.path) else { return false }
      throw error
    }
    guard FolderTree.isThere(RunTrash.run(in: claimed)), try RunTrash.recorded(in: claimed) == item.record else {
      try giveBack(claimed)
      return false
    }
    try DurableFile.remove(RunTrash.record(in: claimed))
    try FolderTree.remove(claimed)
    return true
  }

  /// Gives what another process wanted to remove, and did not, a number again: another run had come to lie under the old one.
  func giveBack(_ claimed: String) throws(FileError) {
    if FolderTree.isThere(RunTrash.run(in: claimed)) {
      _ = try store(RunTrash.run(in: claimed), as: try RunTrash.recorded(in: claimed))
    }
    FolderTree.remove(RunTrash.record(in: claimed), andEmpty: claimed)
  }

  /// What a process that was killed had begun to remove for good.
  func leftovers() throws(FileError) -> [String] {
    try hidden().filter { !FolderTree.isThere(RunTrash.record(in: $0)) }
  }

  /// What a process that was killed had only looked at: the run is whole.
  func claims() throws(FileError) -> [String] {
    try hidden().filter { FolderTree.isThere(RunTrash.record(in: $0)) }
  }

  private func hidden() throws(FileError) -> [String] {
    try RunFolder.entries(of: path).filter(DurableFile.isLeftover).map { "\(path)/\($0)" }
  }

  /// The run that was removed last of those that lay at a place, or whose experiment it names.
  /// - Throws: `RunError` where there is none (66), or where several lay at different places (64).
  package func item(_ name: String) throws(RunError) -> Item {
    let all: [Item]
    do throws(FileError) { all = try items() } catch { throw RunError(error) }
    let name = RunName.trimmed(name)
    // A path as a person gave it when it was removed.
    let own = RunFolder(runs).path + "/"
    let place = name.hasPrefix(own) ? String(decoding: name.utf8.dropFirst(own.utf8.count), as: UTF8.self) : name
    if let item = all.last(where: { $0.record.path == place }) { return item }
    let candidates = all.map { RunName.Candidate($0.record.path, started: $0.record.removed) }
    switch RunName.meaning(of: place, among: candidates) {
    case .run(let path):
      if let item = all.last(where: { $0.record.path == path }) { return item }
    case .several(let paths):
      throw RunError(
        "\(name) can be any of \(paths.count) removed runs", remedy: "give one of \(paths.joined(separator: ", "))",
        exitCode: 64)
    case .nothing: break
    }
    let places = all.map(\.record.path)
    throw RunError(
      "no run \(name) was removed from \(runs)",
      remedy: places.isEmpty ? "there is nothing in its trash" : "there are \(places.joined(separator: ", "))",
      exitCode: 66)
  }

  /// Moves a run back to where it lay, or to another place in the folder of runs.
  /// - Throws: `RunError` where something lies there (73), it would be of a group that it is none of (64), or it is gone (66).
  package func restore(_ item: Item, to place: String?) throws(RunError) -> RunFolder {
    let target = try RunFolder.requireFree(
      place ?? item.record.path, in: runs, for: item.run, isBack: (place ?? item.record.path) == item.record.path,
      remedy: "give another place with --as")
    do throws(FileError) {
      try DurableFile.makeFolders(FolderTree.parent(of: target.path))
      guard FolderTree.isThere(item.run.path) else {
        throw FileError(path: item.run.path, action: .read, code: ENOENT)
      }
      try FolderTree.move(item.run.path, to: target.path)
      // The run is back: what says where it lay is of no use any more.
      FolderTree.remove(RunTrash.record(in: item.path), andEmpty: item.path)
    } catch { throw RunError(error) }
    return target
  }
}
