import Compute
import Files
import Glibc

/// What the program runs on.
package struct Machine: Codable, Sendable {
  /// The host's name.
  package let host: String
  /// The processor's name.
  package let cpu: String
  /// The processors this process may use.
  package let cores: Int
  /// The memory in bytes, or what a container allows of it.
  package let memory: Int

  /// A machine as it is described.
  package init(host: String, cpu: String, cores: Int, memory: Int) {
    (self.host, self.cpu, self.cores, self.memory) = (host, cpu, cores, memory)
  }

  /// Looks at the machine.
  package static func current() -> Machine {
    var name = utsname()
    uname(&name)
    let host = withUnsafeBytes(of: name.nodename) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    return Machine(
      host: host, cpu: field("model name", of: FileBytes.text("/proc/cpuinfo")) ?? "unknown", cores: coreCount(),
      memory: memoryLimit())
  }

  private static func field(_ name: String, of text: String) -> String? {
    for line in text.split(separator: "\n") where line.hasPrefix(name) {
      guard let colon = line.firstIndex(of: ":") else { continue }
      return String(line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" })
    }
    return nil
  }

  private static func coreCount() -> Int {
    var cores = 0
    // Ranges such as "0-3,8".
    for range in (field("Cpus_allowed_list", of: FileBytes.text("/proc/self/status")) ?? "").split(separator: ",") {
      let ends = range.split(separator: "-").compactMap { Int($0) }
      if let first = ends.first, let last = ends.last { cores += last - first + 1 }
    }
    if cores == 0 { cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
    guard let quota = ControlGroups.present.processors else { return cores }
    return min(cores, max(1, Int(min(quota.rounded(.up), 1e6))))
  }

  /// Processes that were at work or waited for a processor over the last minute, on average; nil where the system does
  /// not say.
  package static var load: Double? { load(in: FileBytes.text("/proc/loadavg")) }

  /// The first number of `3.10 2.00 1.50 2/97 12604`: the mean of the last minute.
  static func load(in text: String) -> Double? {
    text.split(separator: " ").first.flatMap { Double($0) }.flatMap { $0 >= 0 && $0.isFinite ? $0 : nil }
  }

  /// What to say behind a time that was measured while others used the machine: `on a busy machine (load 3.1)`; nil
  /// where so many threads find processors that are free.
  /// - Parameter load: that of the others, before this process began to work.
  package func busyness(threads: Int, load: Double? = Machine.load) -> String? {
    guard let load, load + Double(threads) > Double(cores) + 0.5 else { return nil }
    return "on a busy machine (load \(Decimals.text(load, 1)))"
  }

  /// The same in a sentence of its own, for what was measured as fast as it went.
  package func warning(threads: Int, load: Double?) -> String? {
    busyness(threads: threads, load: load).map { "measured \($0): a quiet one is faster" }
  }

  private static func memoryLimit() -> Int { min(MemoryRoom.physical, ControlGroups.present.memory ?? .max) }

  /// The most threads a run may use.
  package static let mostThreads = 64

  /// The threads a run uses when it is not told: one a core.
  package var defaultThreads: Int { min(cores, Machine.mostThreads) }
}
