/// A disk behind a cache: what a program did to its files, and how much of it was brought to the disk.
///
/// POSIX promises no more than this: `fsync` of a file brings its bytes to the disk, not its name; `fsync` of a folder the
/// names in it, not what they stand for. Everything else may be there after a power cut, or half, or not at all.
struct DiskModel: Sendable {
  /// A file or a folder, by whatever names.
  struct Node: Sendable {
    let isFolder: Bool
    /// A file's bytes as programs see them.
    var content: [UInt8] = []
    /// A file's bytes as the disk has them.
    var stored: [UInt8] = []
    /// A folder's names as programs see them.
    var names: [String: Int] = [:]
    /// A folder's names as the disk has them.
    var storedNames: [String: Int] = [:]
  }

  private struct OpenFile: Sendable {
    let node: Int
    var offset: Int
    let appends: Bool
  }

  /// All files and folders; the first is the root.
  private(set) var nodes = [Node(isFolder: true)]
  private let root: String
  private var open: [Int: OpenFile] = [:]

  /// A disk on which everything below a folder lies safely, or an empty one where there is no such folder.
  /// - Parameter root: the path that the folder has in the calls to come.
  init(root: String, holding folder: String?) throws {
    self.root = root
    if let folder { try load(folder, into: 0) }
  }

  private mutating func load(_ path: String, into folder: Int) throws {
    for name in Bytes.names(path) {
      let isFolder = Bytes.isFolder("\(path)/\(name)")
      let node = add(isFolder: isFolder)
      nodes[folder].names[name] = node
      nodes[folder].storedNames[name] = node
      if isFolder {
        try load("\(path)/\(name)", into: node)
      } else {
        nodes[node].content = try Bytes.read("\(path)/\(name)")
        nodes[node].stored = nodes[node].content
      }
    }
  }

  private mutating func add(isFolder: Bool) -> Int {
    nodes.append(Node(isFolder: isFolder))
    return nodes.count - 1
  }

  /// What a path below the root names; nil outside, or where there is nothing.
  private func find(_ path: String) -> (parent: Int, name: String, node: Int?)? {
    guard path.hasPrefix(root + "/") else { return nil }
    let parts = path.dropFirst(root.count + 1).split(separator: "/").map(String.init)
    var folder = 0
    for part in parts.dropLast() {
      guard let next = nodes[folder].names[part] else { return nil }
      folder = next
    }
    return parts.last.map { (folder, $0, nodes[folder].names[$0]) }
  }

  /// Follows a call that succeeded.
  /// - Returns: whether it changed anything, on the disk or in front of it.
  mutating func apply(_ call: StraceCall) throws -> Bool {
    guard let result = call.result else { return false }
    let paths = call.paths(from: String(root[..<(root.lastIndex(of: "/") ?? root.endIndex)]))
    switch call.name {
    case "openat": return opened(call, path: paths.last ?? "", descriptor: result)
    case "close": open[call.descriptor ?? -1] = nil
    case "read", "lseek": move(call, result)
    case "write", "pwrite64": return try write(call, result)
    case "ftruncate": return truncate(call)
    case "fsync", "fdatasync": return synchronise(call)
    case "mkdir", "mkdirat": return make(paths.last ?? "")
    case "rename", "renameat", "renameat2": return rename(paths)
    case "unlink", "unlinkat", "rmdir":
      guard let (folder, name, _) = find(paths.last ?? "") else { return false }
      nodes[folder].names[name] = nil
      return true
    case "newfstatat", "getdents64", "access", "statfs", "flock", "pread64": break
    default:
      let isOurs = paths.contains { $0.hasPrefix(root + "/") } || open[call.descriptor ?? -1] != nil
      if isOurs { throw Trouble("the model of a disk does not know \(call.name)") }
    }
    return false
  }

  private mutating func opened(_ call: StraceCall, path: String, descriptor: Int) -> Bool {
    open[descriptor] = path == root ? OpenFile(node: 0, offset: 0, appends: false) : nil
    guard let (folder, name, found) = find(path) else { return false }
    let node = found ?? add(isFolder: false)
    open[descriptor] = OpenFile(node: node, offset: 0, appends: call.has("O_APPEND"))
    if found == nil { nodes[folder].names[name] = node }
    let cuts = call.has("O_TRUNC") && !nodes[node].content.isEmpty
    if cuts { nodes[node].content = [] }
    return found == nil || cuts
  }

  private mutating func move(_ call: StraceCall, _ result: Int) {
    guard let descriptor = call.descriptor, let file = open[descriptor] else { return }
    open[descriptor]?.offset = call.name == "lseek" ? result : file.offset + result
  }

  private mutating func write(_ call: StraceCall, _ count: Int) throws -> Bool {
    guard let descriptor = call.descriptor, let file = open[descriptor] else { return false }
    guard !call.isCut, let bytes = call.strings.first else { throw Trouble("a write is cut short in the log") }
    var start = file.appends ? nodes[file.node].content.count : file.offset
    if call.name == "pwrite64" { start = call.arguments.split(separator: " ").last.flatMap { Int($0) } ?? start }
    let end = start + count
    if nodes[file.node].content.count < end {
      nodes[file.node].content += [UInt8](repeating: 0, count: end - nodes[file.node].content.count)
    }
    nodes[file.node].content.replaceSubrange(start..<end, with: bytes.prefix(count))
    if call.name == "write" { open[descriptor]?.offset = end }
    return true
  }

  private mutating func truncate(_ call: StraceCall) -> Bool {
    let length = call.arguments.split(separator: " ").last.flatMap { Int($0) }
    guard let file = open[call.descriptor ?? -1], let length else { return false }
    let present = nodes[file.node].content
    nodes[file.node].content = present.prefix(length) + [UInt8](repeating: 0, count: max(0, length - present.count))
    return present.count != length
  }

  private mutating func synchronise(_ call: StraceCall) -> Bool {
    guard let file = open[call.descriptor ?? -1] else { return false }
    nodes[file.node].stored = nodes[file.node].content
    nodes[file.node].storedNames = nodes[file.node].names
    return true
  }

  private mutating func make(_ path: String) -> Bool {
    guard let place = find(path), place.node == nil else { return false }
    nodes[place.parent].names[place.name] = add(isFolder: true)
    return true
  }

  private mutating func rename(_ paths: [String]) -> Bool {
    guard paths.count == 2, let source = find(paths[0]), let node = source.node, let target = find(paths[1]) else {
      return false
    }
    nodes[source.parent].names[source.name] = nil
    nodes[target.parent].names[target.name] = node
    return true
  }
}
