import Compute
import Glibc

/// What `ulimit -v` leaves of the address space: libraries, stacks and OpenBLAS's work areas take theirs of it, used or not.
public enum AddressSpace {
  /// Bytes that the process may map in all, or of data (`ulimit -d`); nil where there is no limit.
  public static var limit: Int? {
    [__rlimit_resource_t(RLIMIT_AS.rawValue), __rlimit_resource_t(RLIMIT_DATA.rawValue)].compactMap { resource in
      var values = rlimit()
      guard getrlimit(resource, &values) == 0, values.rlim_cur < UInt64(Int.max) else { return nil }
      return Int(values.rlim_cur)
    }.min()
  }

  /// Bytes that are left for an experiment that runs on so many threads; nil where there is no limit.
  public static func room(threads: Int) -> Int? {
    limit.map { limit in
      room(
        limit: limit, mapped: mapped(Machine.text("/proc/self/statm"), page: sysconf(Int32(_SC_PAGESIZE))),
        threads: threads)
    }
  }

  /// The same for a limit and what is mapped before there are any threads.
  package static func room(limit: Int, mapped: Int, threads: Int) -> Int {
    limit - mapped - threads * ThreadPool.addressSpacePerThread - spare
  }

  /// What small things take while a run is at work.
  private static let spare = 32 << 20

  /// Bytes that are mapped, by the text of `/proc/self/statm`, whose first number counts pages.
  package static func mapped(_ statm: String, page: Int) -> Int {
    (statm.split(separator: " ").first.flatMap { Int($0) } ?? 0) * page
  }
}

extension ThreadPool {
  /// A pool whose threads have room for what they take.
  static func ready(threads: Int) throws(RunError) -> ThreadPool {
    do throws(PlanError) { return try ThreadPool(starting: threads) } catch { throw RunError(error) }
  }
}
