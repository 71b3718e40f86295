import Compute
import Files
import Glibc

/// Beginning the program again: OpenBLAS reads its environment before anything of this program runs.
enum FreshStart {
  /// Begins the program again with the same arguments and the present environment.
  /// - Returns: only where the system refuses.
  private static func now() {
    let arguments = CommandLine.arguments.map { strdup($0) } + [nil]
    // By its own path the process keeps its name.
    if let path = realpath("/proc/self/exe", nil) { execv(path, arguments) }
    execv("/proc/self/exe", arguments)
  }

  /// Under a limit of the address space, begins again without OpenBLAS's own threads, which this program never uses.
  ///
  /// Each of them maps 128 MiB when it begins, and asks again and again, for ever, where it does not get them; the process
  /// could then not even end.
  static func withoutIdleThreads() {
    let variable = "OPENBLAS_NUM_THREADS"
    guard AddressSpace.tightest != nil else { return }
    Heap.useOne()
    if let value = getenv(variable), String(cString: value) == "1" { return }
    setenv(variable, "1", 1)
    now()
  }
}
