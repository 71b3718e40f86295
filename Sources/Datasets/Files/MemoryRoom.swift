import Glibc

/// What memory there is for data.
package enum MemoryRoom {
  /// Bytes that there are for this process: what the system calls available, and no more than a container allows or a
  /// limit of its address space leaves.
  package static func available() -> Int {
    let system = number("MemAvailable:", in: "/proc/meminfo").map { $0 * 1024 } ?? .max
    let container = number("", in: "/sys/fs/cgroup/memory.max") ?? .max
    let addresses = number("Max address space", in: "/proc/self/limits") ?? .max
    let taken = (number("", in: "/proc/self/statm") ?? 0) * Int(getpagesize())
    return max(0, min(system, container, addresses - taken))
  }

  /// The number behind the beginning of a line of a file; nil for what is none, as "max".
  private static func number(_ beginning: String, in path: String) -> Int? {
    let line = text(path).split(separator: "\n").first { $0.hasPrefix(beginning) }
    return line?.dropFirst(beginning.count).split(separator: " ").first.flatMap { Int($0) }
  }

  /// Whether the system gives so many bytes in one piece now: an array that is asked for in vain ends the process.
  static func isGranted(_ bytes: Int) -> Bool {
    // Smaller pieces come out of what the process has already.
    guard bytes >= 1 << 20 else { return true }
    let room = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard room != MAP_FAILED else { return false }
    munmap(room, bytes)
    return true
  }

  private static func text(_ path: String) -> String {
    (try? FileBytes.read(FilePath(path), limit: 1 << 20)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
