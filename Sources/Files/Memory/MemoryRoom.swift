import Glibc

/// What memory there is for data.
package enum MemoryRoom {
  /// Bytes that there are for this process: what the system calls available, and no more than its control groups allow or
  /// a limit of its address space leaves.
  package static func available() -> Int {
    let system = kibibytes("MemAvailable:", in: FileBytes.text("/proc/meminfo")).map { $0 * 1024 } ?? .max
    return max(0, min(system, ControlGroups.present.memory ?? .max, AddressSpace.tightest?.room ?? .max))
  }

  /// Bytes of memory that the machine has, whatever its control groups allow.
  package static var physical: Int { physical(FileBytes.text("/proc/meminfo")) ?? .max }

  /// Bytes of memory by the text of `/proc/meminfo`.
  package static func physical(_ meminfo: String) -> Int? { kibibytes("MemTotal:", in: meminfo).map { $0 * 1024 } }

  /// The number of a line `MemAvailable:   2048 kB`.
  private static func kibibytes(_ name: String, in text: String) -> Int? {
    let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
    return line?.dropFirst(name.count).split(separator: " ").first.flatMap { Int($0) }
  }

  /// Whether so many bytes come out of what a process has anyway: less than 1 MiB.
  package static func isSmall(_ bytes: Int) -> Bool { bytes < 1 << 20 }

  /// Whether the system gives so many bytes in one piece now: an array that is asked for in vain ends the process.
  package static func isGranted(_ bytes: Int) -> Bool {
    if isSmall(bytes) { return true }
    let room = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard room != MAP_FAILED else { return false }
    munmap(room, bytes)
    return true
  }
}
