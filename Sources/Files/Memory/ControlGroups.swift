/// The limits that control groups set for this process: containers, systemd's slices and services, jobs of a cluster.
///
/// A process is in one group of each hierarchy, version 1 or 2, and the limits of all groups above it hold as well.
package struct ControlGroups: Sendable {
  /// A mounted hierarchy, as far as this process sees it.
  struct Hierarchy: Equatable {
    /// Whether it is of version 2; else it has some controllers of version 1.
    let isUnified: Bool
    /// The folder at which it is mounted.
    let mount: String
    /// The folders from the process's group up to the mount.
    let folders: [String]
    /// The controllers of version 1.
    let controllers: [String]
  }

  let hierarchies: [Hierarchy]
  private let read: @Sendable (String) -> String?

  /// Finds the groups of a process.
  /// - Parameters:
  ///   - groups: the text of `/proc/self/cgroup`, lines `4:memory:/a/b` (version 1) or `0::/a/b` (version 2).
  ///   - mounts: the text of `/proc/self/mountinfo`.
  ///   - read: the text of a file; nil where it cannot be read.
  package init(groups: String, mounts: String, read: @escaping @Sendable (String) -> String?) {
    self.read = read
    let paths: [(controllers: [String], path: String)] = groups.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { return nil }
      return (parts[1].split(separator: ",").map(String.init), String(parts[2]))
    }
    hierarchies = mounts.split(separator: "\n").compactMap { line in
      guard let mount = Mount(line) else { return nil }
      let found = paths.first { path in
        mount.isUnified ? path.controllers.isEmpty : !Set(path.controllers).isDisjoint(with: mount.controllers)
      }
      guard let found else { return nil }
      return Hierarchy(
        isUnified: mount.isUnified, mount: mount.point, folders: mount.folders(to: found.path),
        controllers: mount.controllers)
    }
  }

  /// Those of this process.
  package static var present: ControlGroups {
    ControlGroups(groups: FileBytes.text("/proc/self/cgroup"), mounts: FileBytes.text("/proc/self/mountinfo")) { path in
      FileBytes.exists(path) ? FileBytes.text(path) : nil
    }
  }

  /// Bytes of memory that the groups allow; nil where none sets a limit.
  package var memory: Int? {
    let limits = hierarchies.flatMap { hierarchy in
      guard hierarchy.isUnified || hierarchy.controllers.contains("memory") else { return [Int]() }
      let name = hierarchy.isUnified ? "memory.max" : "memory.limit_in_bytes"
      return hierarchy.folders.compactMap { number(in: "\($0)/\(name)") }
    }
    // Version 1 says a number near 2^63 where there is no limit.
    return limits.filter { $0 < 1 << 62 }.min()
  }

  /// Processors that the groups' quotas come to; nil where none sets one.
  package var processors: Double? {
    let quotas = hierarchies.flatMap { hierarchy in
      hierarchy.folders.compactMap { folder -> Double? in
        if hierarchy.isUnified {
          // `max 100000` or `200000 100000`.
          let numbers = (read("\(folder)/cpu.max") ?? "").split { $0 == " " || $0 == "\n" }.map { Double($0) }
          guard numbers.count == 2, let quota = numbers[0], let period = numbers[1], period > 0 else { return nil }
          return quota / period
        }
        // -1 where there is none.
        guard hierarchy.controllers.contains("cpu"), let quota = number(in: "\(folder)/cpu.cfs_quota_us"), quota > 0,
          let period = number(in: "\(folder)/cpu.cfs_period_us"), period > 0
        else { return nil }
        return Double(quota) / Double(period)
      }
    }
    return quotas.min()
  }

  private func number(in path: String) -> Int? {
    read(path).flatMap { $0.split(separator: "\n").first }.flatMap { Int($0) }
  }
}

/// A line of mountinfo that mounts control groups:
/// `32 31 0:29 /root /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory`.
private struct Mount {
  let isUnified: Bool
  /// The group that is seen at the mount.
  let root: String
  let point: String
  let controllers: [String]

  init?(_ line: Substring) {
    let fields = line.split(separator: " ", omittingEmptySubsequences: false)
    guard let dash = fields.firstIndex(of: "-"), dash >= 6, fields.count >= dash + 4,
      fields[dash + 1] == "cgroup" || fields[dash + 1] == "cgroup2"
    else { return nil }
    isUnified = fields[dash + 1] == "cgroup2"
    root = Mount.plain(fields[3])
    point = Mount.plain(fields[4])
    controllers = isUnified ? [] : fields[dash + 3].split(separator: ",").map(String.init)
  }

  /// The folders of a group and of those above it, as far as they are mounted; the mount itself where the group lies
  /// elsewhere, as in a container that sees the path that its host gave it.
  func folders(to path: String) -> [String] {
    let (all, above) = (Mount.parts(path), Mount.parts(root))
    let isWithin = all.starts(with: above) && !all.contains("..")
    let parts = isWithin ? all.dropFirst(above.count) : []
    return (0...parts.count).reversed().map { count in ([point] + parts.prefix(count)).joined(separator: "/") }
  }

  private static func parts(_ path: String) -> [String] { path.split(separator: "/").map(String.init) }

  /// A path without the octal escapes of blanks, `\040`.
  private static func plain(_ field: Substring) -> String {
    var (bytes, rest): ([UInt8], ArraySlice<UInt8>) = ([], Array(field.utf8)[...])
    while let byte = rest.popFirst() {
      let digits = rest.prefix(3)
      if byte == UInt8(ascii: "\\"), digits.count == 3,
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
      {
        bytes.append(value)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
