import Foundation

/// What of the things not yet brought to the disk is there after the power was cut: the worst that may be.
enum Survival: Sendable, Hashable {
  /// Nothing.
  case nothing
  /// All names, and none of the bytes.
  case names
  /// All names, and zeros in the place of the bytes.
  case zeros
  /// All names, and the first half of the bytes.
  case half
  /// All bytes, and none of the names.
  case bytes
  /// No new names, and none of the names that were taken away.
  case removals
  /// The names in one folder alone, the so-manieth of those with new names.
  case folder(Int)

  /// The word for it in the name of a case.
  var word: String {
    if case .folder(let place) = self { return "folder-\(place)" }
    return "\(self)"
  }
}

/// Files and folders as they lie on a disk after a power cut, by path; folders have no bytes.
struct DiskImage: Hashable, Sendable {
  private(set) var entries: [String: [UInt8]?] = [:]

  /// What is left of a disk.
  init(_ disk: DiskModel, _ survival: Survival) {
    let changed = disk.nodes.indices.filter { disk.nodes[$0].names != disk.nodes[$0].storedNames }
    visit(0, "", disk, survival, changed)
  }

  /// How many folders have names that are not on the disk.
  static func changedFolders(_ disk: DiskModel) -> Int {
    disk.nodes.filter { $0.names != $0.storedNames }.count
  }

  private mutating func visit(_ node: Int, _ path: String, _ disk: DiskModel, _ survival: Survival, _ changed: [Int]) {
    let folder = disk.nodes[node]
    let names: [String: Int] =
      switch survival {
      case .nothing, .bytes: folder.storedNames
      case .names, .zeros, .half: folder.names
      case .removals: folder.storedNames.filter { folder.names[$0.key] != nil }
      case .folder(let place): changed[place] == node ? folder.names : folder.storedNames
      }
    for (name, child) in names {
      let place = path.isEmpty ? name : "\(path)/\(name)"
      if disk.nodes[child].isFolder {
        entries.updateValue(nil, forKey: place)
        visit(child, place, disk, survival, changed)
      } else {
        entries[place] = DiskImage.bytes(of: disk.nodes[child], survival)
      }
    }
  }

  private static func bytes(of file: DiskModel.Node, _ survival: Survival) -> [UInt8] {
    let (old, new) = (file.stored, file.content)
    guard old != new else { return new }
    switch survival {
    case .nothing, .names, .removals, .folder: return old
    case .bytes: return new
    case .zeros: return old.prefix(new.count) + [UInt8](repeating: 0, count: max(0, new.count - old.count))
    case .half:
      if new.count > old.count { return old + new[old.count..<(old.count + (new.count - old.count) / 2)] }
      return Array(new.prefix(new.count / 2)) + old.dropFirst(new.count / 2)
    }
  }

  /// Puts it into a folder.
  func write(to folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (path, bytes) in entries.sorted(by: { $0.key < $1.key }) {
      if let bytes {
        try Bytes.write(bytes, to: "\(folder)/\(path)")
      } else {
        try FileManager.default.createDirectory(atPath: "\(folder)/\(path)", withIntermediateDirectories: true)
      }
    }
  }
}
